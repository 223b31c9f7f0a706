-- Add `beta.b`.
ALTER TABLE "beta" ADD COLUMN "b" TEXT;

-- What the rows that are there receive in `b`.
UPDATE "beta" SET "b" = '';

-- `beta.b` holds no NULL.
ALTER TABLE "beta" ALTER COLUMN "b" SET NOT NULL;

-- Drop `beta.a`.
ALTER TABLE "beta" DROP COLUMN "a";

-- Drop `gamma`.
DROP TABLE "gamma";
