-- Proven on a copy of the database: up, down and up again.

-- Create `z_root`.
CREATE TABLE "z_root" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "org_id" INTEGER NOT NULL,
    FOREIGN KEY ("org_id") REFERENCES "org" ("id")
);

-- Create `m_branch`.
CREATE TABLE "m_branch" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "z_id" INTEGER NOT NULL,
    FOREIGN KEY ("z_id") REFERENCES "z_root" ("id") ON DELETE CASCADE
);

-- Create `a_leaf`.
CREATE TABLE "a_leaf" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "m_id" INTEGER NOT NULL,
    FOREIGN KEY ("m_id") REFERENCES "m_branch" ("id")
);
