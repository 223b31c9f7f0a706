-- Rename `session.plan` to `outline`.
ALTER TABLE "session" RENAME COLUMN "plan" TO "outline";

-- What the rows without a `outline` receive.
UPDATE "session" SET "outline" = 'none' WHERE "outline" IS NULL;

-- `session.outline` holds no NULL.
ALTER TABLE "session" ALTER COLUMN "outline" SET NOT NULL;
