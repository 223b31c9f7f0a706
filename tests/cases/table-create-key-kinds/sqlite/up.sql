-- Proven on a copy of the database: up, down and up again.

-- Create `counted_key`.
CREATE TABLE "counted_key" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "a" TEXT NOT NULL
);

-- Create `own_key`.
CREATE TABLE "own_key" (
    "id" INT NOT NULL PRIMARY KEY,
    "a" TEXT NOT NULL
);

-- Create `plain_key`.
CREATE TABLE "plain_key" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "a" TEXT NOT NULL
);
