-- Proven on a copy of the database: up, down and up again.

-- Add `session.status`.
ALTER TABLE "session" ADD COLUMN "status" TEXT NOT NULL DEFAULT 'new';
