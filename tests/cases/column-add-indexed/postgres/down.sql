-- Drop the index `session_rank` of `session`.
DROP INDEX "session_rank";

-- Drop `session.rank`.
ALTER TABLE "session" DROP COLUMN "rank";
