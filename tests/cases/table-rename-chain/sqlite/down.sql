-- Proven on a copy of the database: up, down and up again.

-- Rename `beta` to `alpha`.
ALTER TABLE "beta" RENAME TO "alpha";

-- Rename `gamma` to `beta`.
ALTER TABLE "gamma" RENAME TO "beta";
