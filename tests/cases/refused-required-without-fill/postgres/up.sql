-- Add `session.slug`.
ALTER TABLE "session" ADD COLUMN "slug" TEXT NOT NULL;
