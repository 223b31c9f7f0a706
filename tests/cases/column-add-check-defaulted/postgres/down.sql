-- Drop the constraint `session_retries_check` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_retries_check";

-- Drop `session.retries`.
ALTER TABLE "session" DROP COLUMN "retries";
