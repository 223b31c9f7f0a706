-- Rename `beta` to `gamma`.
ALTER TABLE "beta" RENAME TO "gamma";

-- Rename `alpha` to `beta`.
ALTER TABLE "alpha" RENAME TO "beta";
