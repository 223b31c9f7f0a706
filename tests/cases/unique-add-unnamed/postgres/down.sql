-- Drop the constraint `person_org_email_key` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_org_email_key";
