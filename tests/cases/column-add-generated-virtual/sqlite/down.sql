-- Proven on a copy of the database: up, down and up again.

-- Drop `session.size`.
ALTER TABLE "session" DROP COLUMN "size";
