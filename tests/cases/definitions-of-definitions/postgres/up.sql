-- The type `mood`.
CREATE TYPE "mood" AS ENUM (
    'sad',
    'ok'
);

-- The domain `a_base`.
CREATE DOMAIN "a_base" AS TEXT
    CONSTRAINT "a_base_check" CHECK (VALUE <> '');

-- The domain `m_middle`.
CREATE DOMAIN "m_middle" AS a_base;

-- The domain `a_last`.
CREATE DOMAIN "a_last" AS m_middle;

-- The composite type `z_first`.
CREATE TYPE "z_first" AS (
    "line" a_last,
    "mood" mood
);

-- Add `person.where_to`.
ALTER TABLE "person" ADD COLUMN "where_to" m_middle;
