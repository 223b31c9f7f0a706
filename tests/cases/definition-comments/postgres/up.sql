-- What the sequence `counter` is.
COMMENT ON SEQUENCE "counter" IS NULL;

-- What the domain `email` is.
COMMENT ON DOMAIN "email" IS 'somebody''s address; as typed -- or not';

-- What the composite type `pair` is.
COMMENT ON TYPE "pair" IS NULL;

-- What the range type `span` is.
COMMENT ON TYPE "span" IS 'from … to';

-- What the sequence `ticket` is.
COMMENT ON SEQUENCE "ticket" IS 'one each';

-- The domain `zip`.
CREATE DOMAIN "zip" AS VARCHAR(10);

-- What the domain `zip` is.
COMMENT ON DOMAIN "zip" IS 'of a letter';

-- `zip` of the type `address` is new.
ALTER TYPE "address" ADD ATTRIBUTE "zip" zip;

-- What the composite type `address` is.
COMMENT ON TYPE "address" IS 'where ''somebody'' lives';
