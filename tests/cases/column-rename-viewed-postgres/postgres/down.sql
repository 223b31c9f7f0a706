-- `session.plan` may be NULL.
ALTER TABLE "session" ALTER COLUMN "plan" DROP NOT NULL;
