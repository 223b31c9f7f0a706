-- Add `session.plan`.
ALTER TABLE "session" ADD COLUMN "plan" TEXT;

-- No two rows of `session` may share `plan`.
ALTER TABLE "session" ADD CONSTRAINT "session_plan_key" UNIQUE ("plan");
