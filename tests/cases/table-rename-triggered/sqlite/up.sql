-- Proven on a copy of the database: up, down and up again.

-- Rename `session` to `visit`.
ALTER TABLE "session" RENAME TO "visit";
