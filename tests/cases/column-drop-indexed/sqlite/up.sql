-- Proven on a copy of the database: up, down and up again.

-- Drop the index `session_plan`.
DROP INDEX "session_plan";

-- Drop `session.plan`.
ALTER TABLE "session" DROP COLUMN "plan";
