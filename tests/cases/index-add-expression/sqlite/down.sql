-- Proven on a copy of the database: up, down and up again.

-- Drop the index `person_both`.
DROP INDEX "person_both";

-- Drop the index `person_lower`.
DROP INDEX "person_lower";
