-- Proven on a copy of the database: up, down and up again.

-- Create `note`.
CREATE TABLE "note" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "org_id" INTEGER,
    "body" TEXT NOT NULL,
    "pinned" BOOLEAN NOT NULL DEFAULT 0,
    UNIQUE ("org_id", "body"),
    FOREIGN KEY ("org_id") REFERENCES "org" ("id") ON DELETE SET NULL
);

-- Index `note_body` of `note`.
CREATE INDEX "note_body" ON "note" ("body");
