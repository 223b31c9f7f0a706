-- Proven on a copy of the database: up, down and up again.

-- Drop the index `trajectory_session_id_idx`.
DROP INDEX "trajectory_session_id_idx";

-- Drop `trajectory.session_id`.
ALTER TABLE "trajectory" DROP COLUMN "session_id";
