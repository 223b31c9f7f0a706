-- Rename `person_a` of `person` to `person_b`.
ALTER INDEX "person_a" RENAME TO "person_b";
