-- Add `session.created_at`.
ALTER TABLE "session" ADD COLUMN "created_at" TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL;
