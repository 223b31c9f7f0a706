-- Proven on a copy of the database: up, down and up again.

-- Create `research_note`.
CREATE TABLE "research_note" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "content" TEXT NOT NULL,
    "human_input_id" INTEGER,
    FOREIGN KEY ("human_input_id") REFERENCES "human_input" ("id") ON DELETE SET NULL
);

-- Index `research_note_human_input_id_idx` of `research_note`.
CREATE INDEX "research_note_human_input_id_idx" ON "research_note" ("human_input_id");
