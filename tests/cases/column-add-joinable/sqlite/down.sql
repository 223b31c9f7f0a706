-- Proven on a copy of the database: up, down and up again.

-- Drop `session.org_id`.
ALTER TABLE "session" DROP COLUMN "org_id";
