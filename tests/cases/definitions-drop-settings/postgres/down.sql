-- The sequence `counter`.
CREATE SEQUENCE "counter"
    START WITH 5;

-- What the sequence `counter` is.
COMMENT ON SEQUENCE "counter" IS 'counts';

-- The domain `email`.
CREATE DOMAIN "email" AS TEXT
    CONSTRAINT "email_check" CHECK (VALUE <> '');

-- What the domain `email` is.
COMMENT ON DOMAIN "email" IS 'an address';

-- The composite type `pair`.
CREATE TYPE "pair" AS (
    "a" INTEGER,
    "b" TEXT
);

-- What the composite type `pair` is.
COMMENT ON TYPE "pair" IS 'two';
