-- Proven on a copy of the database: up, down and up again.

-- Create `a_root`.
CREATE TABLE "a_root" (
    "id" INTEGER NOT NULL PRIMARY KEY
);

-- Create `b_mid`.
CREATE TABLE "b_mid" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "a_id" INTEGER NOT NULL,
    FOREIGN KEY ("a_id") REFERENCES "a_root" ("id") ON DELETE CASCADE
);

-- Create `c_leaf`.
CREATE TABLE "c_leaf" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "b_id" INTEGER NOT NULL,
    FOREIGN KEY ("b_id") REFERENCES "b_mid" ("id") ON DELETE CASCADE
);
