-- Proven on a copy of the database: up, down and up again.

-- Add `session.kind`.
ALTER TABLE "session" ADD COLUMN "kind" TEXT;
