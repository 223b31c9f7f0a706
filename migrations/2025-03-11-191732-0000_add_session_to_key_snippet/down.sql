-- Proven on a copy of the database: up, down and up again.

-- Drop the index `key_snippet_session_id_idx`.
DROP INDEX "key_snippet_session_id_idx";

-- Drop `key_snippet.session_id`.
ALTER TABLE "key_snippet" DROP COLUMN "session_id";
