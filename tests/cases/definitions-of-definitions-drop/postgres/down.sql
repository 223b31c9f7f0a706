-- The type `mood`.
CREATE TYPE "mood" AS ENUM (
    'sad',
    'ok'
);

-- The domain `a_base`.
CREATE DOMAIN "a_base" AS TEXT;

-- The domain `a_last`.
CREATE DOMAIN "a_last" AS a_base;

-- The composite type `z_first`.
CREATE TYPE "z_first" AS (
    "line" a_last,
    "mood" mood
);
