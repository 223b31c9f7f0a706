-- Rename `person_one` of `person` to `person_two`.
ALTER TABLE "person" RENAME CONSTRAINT "person_one" TO "person_two";
