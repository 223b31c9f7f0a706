-- Proven on a copy of the database: up, down and up again.

-- Rename `place.area` to `region`.
ALTER TABLE "place" RENAME COLUMN "area" TO "region";
