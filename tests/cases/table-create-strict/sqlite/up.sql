-- Proven on a copy of the database: up, down and up again.

-- Create `event`.
CREATE TABLE "event" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "payload" BLOB NOT NULL,
    "weight" REAL
) STRICT;

-- Create `setting`.
CREATE TABLE "setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT
) STRICT, WITHOUT ROWID;
