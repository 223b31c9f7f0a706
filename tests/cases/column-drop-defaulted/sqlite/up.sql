-- Proven on a copy of the database: up, down and up again.

-- Drop `session.status`.
ALTER TABLE "session" DROP COLUMN "status";
