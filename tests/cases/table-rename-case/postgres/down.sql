-- Rename `Org` to `org`.
ALTER TABLE "Org" RENAME TO "org";
