-- Proven on a copy of the database: up, down and up again.

-- Add `key_snippet.session_id`.
ALTER TABLE "key_snippet" ADD COLUMN "session_id" INTEGER REFERENCES "session" ("id") ON DELETE CASCADE;

-- Index `key_snippet_session_id_idx` of `key_snippet`.
CREATE INDEX "key_snippet_session_id_idx" ON "key_snippet" ("session_id");
