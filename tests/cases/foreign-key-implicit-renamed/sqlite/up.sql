-- Proven on a copy of the database: up, down and up again.

-- Rename `org.id` to `number`.
ALTER TABLE "org" RENAME COLUMN "id" TO "number";
