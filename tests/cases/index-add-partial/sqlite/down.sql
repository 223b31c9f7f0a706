-- Proven on a copy of the database: up, down and up again.

-- Drop the index `person_new`.
DROP INDEX "person_new";
