-- The composite type `AREA_RECORD`.
CREATE TYPE "AREA_RECORD" AS (
    "FIELD_0" INTEGER,
    "FIELD_1" TEXT
);

-- Add `place.area`.
ALTER TABLE "place" ADD COLUMN "area" "AREA_RECORD";

-- What the rows that are there receive in `area`.
UPDATE "place" SET "area" = '(,)';

-- `place.area` holds no NULL.
ALTER TABLE "place" ALTER COLUMN "area" SET NOT NULL;
