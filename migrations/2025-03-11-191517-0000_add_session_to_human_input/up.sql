-- Proven on a copy of the database: up, down and up again.

-- Add `human_input.session_id`.
ALTER TABLE "human_input" ADD COLUMN "session_id" INTEGER REFERENCES "session" ("id") ON DELETE CASCADE;

-- Index `human_input_session_id_idx` of `human_input`.
CREATE INDEX "human_input_session_id_idx" ON "human_input" ("session_id");
