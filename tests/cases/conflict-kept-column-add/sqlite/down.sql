-- Proven on a copy of the database: up, down and up again.

-- Drop `session.kind`.
ALTER TABLE "session" DROP COLUMN "kind";
