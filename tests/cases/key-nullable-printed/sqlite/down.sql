-- Proven on a copy of the database: up, down and up again.

-- Drop `session.plan`.
ALTER TABLE "session" DROP COLUMN "plan";
