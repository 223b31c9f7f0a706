-- Drop the constraint `plan_known` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "plan_known";

-- Drop `session.plan`.
ALTER TABLE "session" DROP COLUMN "plan";
