-- Proven on a copy of the database: up, down and up again.

-- Create `membership`.
CREATE TABLE "membership" (
    "org_id" INTEGER NOT NULL,
    "person" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    PRIMARY KEY ("org_id", "person"),
    FOREIGN KEY ("org_id") REFERENCES "org" ("id") ON DELETE CASCADE
);

-- Create `badge`.
CREATE TABLE "badge" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "org_id" INTEGER NOT NULL,
    "person" TEXT NOT NULL,
    "colour" TEXT NOT NULL,
    UNIQUE ("org_id", "colour"),
    CONSTRAINT "badge_member" FOREIGN KEY ("org_id", "person") REFERENCES "membership" ("org_id", "person") ON UPDATE CASCADE
);
