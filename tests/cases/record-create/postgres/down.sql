-- Drop `place.Old spots`.
ALTER TABLE "place" DROP COLUMN "Old spots";

-- Drop `place.spot`.
ALTER TABLE "place" DROP COLUMN "spot";

-- Drop `place.area`.
ALTER TABLE "place" DROP COLUMN "area";

-- Drop `route`.
DROP TABLE "route";

-- Drop the composite type `SPOT_RECORD`.
DROP TYPE "SPOT_RECORD";

-- Drop the composite type `OLD SPOTS_RECORD`.
DROP TYPE "OLD SPOTS_RECORD";

-- Drop the composite type `LEGS_RECORD`.
DROP TYPE "LEGS_RECORD";

-- Drop the composite type `LEGS_RECORD_FIELD_0_RECORD`.
DROP TYPE "LEGS_RECORD_FIELD_0_RECORD";

-- Drop the composite type `AREA_RECORD`.
DROP TYPE "AREA_RECORD";
