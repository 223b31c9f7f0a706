-- The old default of `session.plan` goes.
ALTER TABLE "session" ALTER COLUMN "plan" DROP DEFAULT;

-- `session.plan` may be NULL.
ALTER TABLE "session" ALTER COLUMN "plan" DROP NOT NULL;
