-- Proven on a copy of the database: up, down and up again.

-- Drop the index `session_rank`.
DROP INDEX "session_rank";

-- Drop `session.rank`.
ALTER TABLE "session" DROP COLUMN "rank";
