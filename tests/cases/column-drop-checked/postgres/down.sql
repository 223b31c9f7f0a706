-- Add `session.plan`.
ALTER TABLE "session" ADD COLUMN "plan" TEXT;

-- Every row of `session` must satisfy this.
ALTER TABLE "session" ADD CONSTRAINT "plan_known" CHECK (plan <> '' OR title <> '');
