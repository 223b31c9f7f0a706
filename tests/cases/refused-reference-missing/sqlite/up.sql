-- Proven on a copy of the database: up, down and up again.

-- Create `desk`.
CREATE TABLE "desk" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "room" INTEGER NOT NULL,
    FOREIGN KEY ("room") REFERENCES "room" ("id")
);
