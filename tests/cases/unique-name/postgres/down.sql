-- Rename `person_two` of `person` to `person_one`.
ALTER TABLE "person" RENAME CONSTRAINT "person_two" TO "person_one";
