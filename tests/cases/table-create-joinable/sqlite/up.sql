-- Proven on a copy of the database: up, down and up again.

-- Create `visit`.
CREATE TABLE "visit" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "org_id" INTEGER NOT NULL,
    "host_id" INTEGER,
    FOREIGN KEY ("org_id") REFERENCES "org" ("id")
);
