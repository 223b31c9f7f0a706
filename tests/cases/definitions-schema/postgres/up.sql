-- The schema `audit`, if it is not there; it stays when this is undone.
CREATE SCHEMA IF NOT EXISTS "audit";

-- The domain `audit.level`.
CREATE DOMAIN "audit"."level" AS INTEGER
    CONSTRAINT "level_check" CHECK (VALUE > 0);

-- The sequence `audit.number`.
CREATE SEQUENCE "audit"."number";

-- The composite type `audit.pair`.
CREATE TYPE "audit"."pair" AS (
    "a" audit.level,
    "b" TEXT
);

-- Add `person.level`.
ALTER TABLE "person" ADD COLUMN "level" audit.level DEFAULT nextval('audit.number') NOT NULL;
