-- Drop the composite type `pair`.
DROP TYPE "pair";

-- Drop the domain `email`.
DROP DOMAIN "email";

-- Drop the sequence `counter`.
DROP SEQUENCE "counter";
