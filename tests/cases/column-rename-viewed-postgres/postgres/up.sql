-- `session.plan` holds no NULL.
ALTER TABLE "session" ALTER COLUMN "plan" SET NOT NULL;
