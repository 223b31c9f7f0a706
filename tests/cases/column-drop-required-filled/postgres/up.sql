-- Drop the constraint `session_weight_check` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_weight_check";

-- Drop `session.weight`.
ALTER TABLE "session" DROP COLUMN "weight";
