-- Proven on a copy of the database: up, down and up again.

-- Drop the index `human_input_session_id_idx`.
DROP INDEX "human_input_session_id_idx";

-- Drop `human_input.session_id`.
ALTER TABLE "human_input" DROP COLUMN "session_id";
