-- Proven on a copy of the database: up, down and up again.

-- Rename `company` to `org`.
ALTER TABLE "company" RENAME TO "org";
