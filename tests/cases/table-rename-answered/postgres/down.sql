-- Rename `company` to `org`.
ALTER TABLE "company" RENAME TO "org";
