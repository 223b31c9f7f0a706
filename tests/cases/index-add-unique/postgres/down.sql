-- Drop the index `person_email_idx` of `person`.
DROP INDEX "person_email_idx";
