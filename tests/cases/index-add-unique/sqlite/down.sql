-- Proven on a copy of the database: up, down and up again.

-- Drop the index `person_email_idx`.
DROP INDEX "person_email_idx";
