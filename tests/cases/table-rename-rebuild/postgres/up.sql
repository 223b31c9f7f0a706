-- Rename `org` to `company`.
ALTER TABLE "org" RENAME TO "company";

-- The type of `company.size`.
ALTER TABLE "company" ALTER COLUMN "size" TYPE INTEGER USING "size"::INTEGER;
