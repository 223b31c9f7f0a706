-- Drop the constraint `person_one` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_one";

-- No two rows of `person` may share `email`.
ALTER TABLE "person" ADD CONSTRAINT "person_two" UNIQUE ("email");
