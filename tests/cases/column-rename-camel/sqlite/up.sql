-- Proven on a copy of the database: up, down and up again.

-- Rename `session.firstName` to `first_name`.
ALTER TABLE "session" RENAME COLUMN "firstName" TO "first_name";

-- Rename `session.lastName` to `last_name`.
ALTER TABLE "session" RENAME COLUMN "lastName" TO "last_name";
