-- Drop the constraint `person_key` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_key";

-- No two rows of `person` may share `email`, `org`.
ALTER TABLE "person" ADD CONSTRAINT "person_key" UNIQUE ("email", "org");
