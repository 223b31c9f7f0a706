-- Proven on a copy of the database: up, down and up again.

-- Create `note`.
CREATE TABLE "note" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "body" TEXT NOT NULL,
    "score" DOUBLE,
    "data" BLOB,
    "seen" BOOLEAN NOT NULL,
    "day" DATE
);
