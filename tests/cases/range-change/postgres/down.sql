-- Drop the range type `floatrange`.
DROP TYPE "floatrange";

-- The range type `floatrange`.
CREATE TYPE "floatrange" AS RANGE (
    SUBTYPE = DOUBLE PRECISION
);
