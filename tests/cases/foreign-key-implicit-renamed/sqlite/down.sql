-- Proven on a copy of the database: up, down and up again.

-- Rename `org.number` to `id`.
ALTER TABLE "org" RENAME COLUMN "number" TO "id";
