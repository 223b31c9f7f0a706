-- The sequence `counter`.
CREATE SEQUENCE "counter"
    START WITH 5;

-- The domain `email`.
CREATE DOMAIN "email" AS TEXT
    CONSTRAINT "email_check" CHECK (VALUE <> '');

-- The composite type `pair`.
CREATE TYPE "pair" AS (
    "a" INTEGER,
    "b" TEXT
);
