-- Drop the constraint `person_email` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_email";
