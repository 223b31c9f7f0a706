-- Add `session.status`.
ALTER TABLE "session" ADD COLUMN "status" TEXT DEFAULT 'new' NOT NULL;
