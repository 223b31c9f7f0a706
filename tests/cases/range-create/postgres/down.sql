-- Drop `person.between`.
ALTER TABLE "person" DROP COLUMN "between";

-- Drop the range type `floatrange`.
DROP TYPE "floatrange";
