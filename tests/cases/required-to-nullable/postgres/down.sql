-- What the rows without a `title` receive.
UPDATE "session" SET "title" = '' WHERE "title" IS NULL;

-- `session.title` holds no NULL.
ALTER TABLE "session" ALTER COLUMN "title" SET NOT NULL;
