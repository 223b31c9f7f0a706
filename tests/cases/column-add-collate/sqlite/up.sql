-- Proven on a copy of the database: up, down and up again.

-- Add `session.email`.
ALTER TABLE "session" ADD COLUMN "email" TEXT COLLATE "NOCASE";
