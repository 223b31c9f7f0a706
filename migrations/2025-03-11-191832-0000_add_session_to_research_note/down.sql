-- Proven on a copy of the database: up, down and up again.

-- Drop the index `research_note_session_id_idx`.
DROP INDEX "research_note_session_id_idx";

-- Drop `research_note.session_id`.
ALTER TABLE "research_note" DROP COLUMN "session_id";
