-- The range type `floatrange`.
CREATE TYPE "floatrange" AS RANGE (
    SUBTYPE = DOUBLE PRECISION,
    SUBTYPE_DIFF = float8mi
);

-- Add `person.between`.
ALTER TABLE "person" ADD COLUMN "between" floatrange;
