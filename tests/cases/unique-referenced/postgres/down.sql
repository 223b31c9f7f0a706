-- Drop the constraint `letter_email_fkey` of `letter`.
ALTER TABLE "letter" DROP CONSTRAINT "letter_email_fkey";

-- Drop the constraint `person_email_key` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_email_key";
