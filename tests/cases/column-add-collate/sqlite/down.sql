-- Proven on a copy of the database: up, down and up again.

-- Drop `session.email`.
ALTER TABLE "session" DROP COLUMN "email";
