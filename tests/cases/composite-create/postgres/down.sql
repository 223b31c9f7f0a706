-- Drop `person.others`.
ALTER TABLE "person" DROP COLUMN "others";

-- Drop `person.home`.
ALTER TABLE "person" DROP COLUMN "home";

-- Drop the composite type `address`.
DROP TYPE "address";
