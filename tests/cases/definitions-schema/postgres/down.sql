-- Drop `person.level`.
ALTER TABLE "person" DROP COLUMN "level";

-- Drop the composite type `audit.pair`.
DROP TYPE "audit"."pair";

-- Drop the sequence `audit.number`.
DROP SEQUENCE "audit"."number";

-- Drop the domain `audit.level`.
DROP DOMAIN "audit"."level";
