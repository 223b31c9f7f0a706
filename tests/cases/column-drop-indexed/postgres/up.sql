-- Drop the index `session_plan` of `session`.
DROP INDEX "session_plan";

-- Drop `session.plan`.
ALTER TABLE "session" DROP COLUMN "plan";
