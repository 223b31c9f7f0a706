-- Proven on a copy of the database: up, down and up again.

-- Add `session.plan`.
ALTER TABLE "session" ADD COLUMN "plan" TEXT;
