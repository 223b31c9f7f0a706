-- Drop `place.area`.
ALTER TABLE "place" DROP COLUMN "area";

-- Drop the composite type `AREA_RECORD`.
DROP TYPE "AREA_RECORD";
