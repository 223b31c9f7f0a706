-- Drop the constraint `session_plan_key` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_plan_key";

-- Drop `session.plan`.
ALTER TABLE "session" DROP COLUMN "plan";
