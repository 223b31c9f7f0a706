-- Proven on a copy of the database: up, down and up again.

-- Drop the index `key_snippet_human_input_id_idx`.
DROP INDEX "key_snippet_human_input_id_idx";

-- Drop the index `key_fact_human_input_id_idx`.
DROP INDEX "key_fact_human_input_id_idx";

-- Drop `key_snippet.human_input_id`.
ALTER TABLE "key_snippet" DROP COLUMN "human_input_id";

-- Drop `key_fact.human_input_id`.
ALTER TABLE "key_fact" DROP COLUMN "human_input_id";
