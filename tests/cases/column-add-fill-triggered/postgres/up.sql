-- Add `session.slug`.
ALTER TABLE "session" ADD COLUMN "slug" TEXT;

-- What the rows that are there receive in `slug`.
UPDATE "session" SET "slug" = lower(title);
