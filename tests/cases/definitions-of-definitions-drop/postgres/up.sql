-- Drop the composite type `z_first`.
DROP TYPE "z_first";

-- Drop the domain `a_last`.
DROP DOMAIN "a_last";

-- Drop the domain `a_base`.
DROP DOMAIN "a_base";

-- Drop the type `mood`.
DROP TYPE "mood";
