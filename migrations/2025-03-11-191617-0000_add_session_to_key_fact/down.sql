-- Proven on a copy of the database: up, down and up again.

-- Drop the index `key_fact_session_id_idx`.
DROP INDEX "key_fact_session_id_idx";

-- Drop `key_fact.session_id`.
ALTER TABLE "key_fact" DROP COLUMN "session_id";
