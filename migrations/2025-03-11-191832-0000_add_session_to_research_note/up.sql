-- Proven on a copy of the database: up, down and up again.

-- Add `research_note.session_id`.
ALTER TABLE "research_note" ADD COLUMN "session_id" INTEGER REFERENCES "session" ("id") ON DELETE CASCADE;

-- Index `research_note_session_id_idx` of `research_note`.
CREATE INDEX "research_note_session_id_idx" ON "research_note" ("session_id");
