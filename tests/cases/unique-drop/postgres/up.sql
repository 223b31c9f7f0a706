-- Drop the constraint `person_email_key` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_email_key";
