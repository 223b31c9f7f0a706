-- Proven on a copy of the database: up, down and up again.

-- Rename `beta` to `gamma`.
ALTER TABLE "beta" RENAME TO "gamma";

-- Rename `alpha` to `beta`.
ALTER TABLE "alpha" RENAME TO "beta";
