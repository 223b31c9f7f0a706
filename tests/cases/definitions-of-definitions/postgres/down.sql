-- Drop `person.where_to`.
ALTER TABLE "person" DROP COLUMN "where_to";

-- Drop the composite type `z_first`.
DROP TYPE "z_first";

-- Drop the domain `a_last`.
DROP DOMAIN "a_last";

-- Drop the domain `m_middle`.
DROP DOMAIN "m_middle";

-- Drop the domain `a_base`.
DROP DOMAIN "a_base";

-- Drop the type `mood`.
DROP TYPE "mood";
