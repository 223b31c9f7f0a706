-- Proven on a copy of the database: up, down and up again.

-- Add `key_fact.human_input_id`.
ALTER TABLE "key_fact" ADD COLUMN "human_input_id" INTEGER REFERENCES "human_input" ("id") ON DELETE SET NULL;

-- Add `key_snippet.human_input_id`.
ALTER TABLE "key_snippet" ADD COLUMN "human_input_id" INTEGER REFERENCES "human_input" ("id") ON DELETE SET NULL;

-- Index `key_fact_human_input_id_idx` of `key_fact`.
CREATE INDEX "key_fact_human_input_id_idx" ON "key_fact" ("human_input_id");

-- Index `key_snippet_human_input_id_idx` of `key_snippet`.
CREATE INDEX "key_snippet_human_input_id_idx" ON "key_snippet" ("human_input_id");
