-- Drop the index `person_recent` of `person`.
DROP INDEX "person_recent";

-- Drop the index `person_status_idx` of `person`.
DROP INDEX "person_status_idx";
