-- What the rows without a `plan` receive.
UPDATE "session" SET "plan" = 'none' WHERE "plan" IS NULL;

-- `session.plan` holds no NULL.
ALTER TABLE "session" ALTER COLUMN "plan" SET NOT NULL;
