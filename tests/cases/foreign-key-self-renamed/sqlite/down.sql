-- Proven on a copy of the database: up, down and up again.

-- Rename `leaf` to `node`.
ALTER TABLE "leaf" RENAME TO "node";
