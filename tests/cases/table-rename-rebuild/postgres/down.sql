-- The type of `company.size`.
ALTER TABLE "company" ALTER COLUMN "size" TYPE TEXT;

-- Rename `company` to `org`.
ALTER TABLE "company" RENAME TO "org";
