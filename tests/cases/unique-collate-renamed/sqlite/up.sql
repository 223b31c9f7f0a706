-- Proven on a copy of the database: up, down and up again.

-- Rename `session.email` to `mail`.
ALTER TABLE "session" RENAME COLUMN "email" TO "mail";
