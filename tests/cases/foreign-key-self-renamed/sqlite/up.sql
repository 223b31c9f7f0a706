-- Proven on a copy of the database: up, down and up again.

-- Rename `node` to `leaf`.
ALTER TABLE "node" RENAME TO "leaf";
