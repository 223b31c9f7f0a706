-- Proven on a copy of the database: up, down and up again.

-- Create `country`.
CREATE TABLE "country" (
    "code" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL
);

-- Create `ticket`.
CREATE TABLE "ticket" (
    "id" BIGINT NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL,
    FOREIGN KEY ("code") REFERENCES "country" ("code")
);
