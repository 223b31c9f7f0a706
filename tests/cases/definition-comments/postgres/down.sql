-- Drop `zip` of the type `address`.
ALTER TYPE "address" DROP ATTRIBUTE "zip";

-- What the composite type `address` is.
COMMENT ON TYPE "address" IS NULL;

-- Drop the domain `zip`.
DROP DOMAIN "zip";

-- What the sequence `ticket` is.
COMMENT ON SEQUENCE "ticket" IS NULL;

-- What the range type `span` is.
COMMENT ON TYPE "span" IS NULL;

-- What the composite type `pair` is.
COMMENT ON TYPE "pair" IS 'of two';

-- What the domain `email` is.
COMMENT ON DOMAIN "email" IS 'an address';

-- What the sequence `counter` is.
COMMENT ON SEQUENCE "counter" IS 'counts';
