-- Proven on a copy of the database: up, down and up again.

-- Create `key_snippet`.
CREATE TABLE "key_snippet" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "filepath" TEXT NOT NULL,
    "line_number" INTEGER NOT NULL,
    "snippet" TEXT NOT NULL,
    "description" TEXT
);
