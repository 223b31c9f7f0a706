-- Proven on a copy of the database: up, down and up again.

-- Create `human_input`.
CREATE TABLE "human_input" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "content" TEXT NOT NULL,
    "source" TEXT NOT NULL
);
