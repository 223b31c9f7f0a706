-- Rename `org` to `company`.
ALTER TABLE "org" RENAME TO "company";
