-- Rename `beta` to `alpha`.
ALTER TABLE "beta" RENAME TO "alpha";

-- Rename `gamma` to `beta`.
ALTER TABLE "gamma" RENAME TO "beta";
