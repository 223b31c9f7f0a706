-- Proven on a copy of the database: up, down and up again.

-- Rename `org` to `company`.
ALTER TABLE "org" RENAME TO "company";
