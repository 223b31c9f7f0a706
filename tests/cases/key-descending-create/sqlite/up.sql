-- Proven on a copy of the database: up, down and up again.

-- Create `counted`.
CREATE TABLE "counted" (
    "id" INTEGER NOT NULL,
    "note" TEXT,
    CONSTRAINT "counted_key" PRIMARY KEY ("id" DESC AUTOINCREMENT)
);

-- Create `down`.
CREATE TABLE "down" (
    "id" INT NOT NULL PRIMARY KEY DESC ON CONFLICT FAIL,
    "note" TEXT
);

-- Create `up`.
CREATE TABLE "up" (
    "id" INTEGER NOT NULL,
    "note" TEXT,
    PRIMARY KEY ("id" DESC)
);
