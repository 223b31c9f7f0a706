-- Proven on a copy of the database: up, down and up again.

-- Rename `session.last_name` to `lastName`.
ALTER TABLE "session" RENAME COLUMN "last_name" TO "lastName";

-- Rename `session.first_name` to `firstName`.
ALTER TABLE "session" RENAME COLUMN "first_name" TO "firstName";
