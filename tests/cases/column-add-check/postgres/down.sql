-- Drop the constraint `retries_positive` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "retries_positive";

-- Drop `session.retries`.
ALTER TABLE "session" DROP COLUMN "retries";
