-- Proven on a copy of the database: up, down and up again.

-- Add `key_fact.session_id`.
ALTER TABLE "key_fact" ADD COLUMN "session_id" INTEGER REFERENCES "session" ("id") ON DELETE CASCADE;

-- Index `key_fact_session_id_idx` of `key_fact`.
CREATE INDEX "key_fact_session_id_idx" ON "key_fact" ("session_id");
