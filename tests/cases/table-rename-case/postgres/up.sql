-- Rename `org` to `Org`.
ALTER TABLE "org" RENAME TO "Org";
