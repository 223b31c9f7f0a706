-- Rename `person_b` of `person` to `person_a`.
ALTER INDEX "person_b" RENAME TO "person_a";
