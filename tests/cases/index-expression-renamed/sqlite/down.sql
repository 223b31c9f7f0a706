-- Proven on a copy of the database: up, down and up again.

-- Rename `session.mail` to `email`.
ALTER TABLE "session" RENAME COLUMN "mail" TO "email";
