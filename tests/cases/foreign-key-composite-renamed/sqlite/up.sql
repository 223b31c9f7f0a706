-- Proven on a copy of the database: up, down and up again.

-- Rename `place.region` to `area`.
ALTER TABLE "place" RENAME COLUMN "region" TO "area";
