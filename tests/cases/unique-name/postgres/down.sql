-- Drop the constraint `person_two` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_two";

-- No two rows of `person` may share `email`.
ALTER TABLE "person" ADD CONSTRAINT "person_one" UNIQUE ("email");
