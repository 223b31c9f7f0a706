-- Proven on a copy of the database: up, down and up again.

-- Rename `visit` to `session`.
ALTER TABLE "visit" RENAME TO "session";
