-- Drop the index `person_status_idx` of `person`.
DROP INDEX "person_status_idx";

-- Drop the index `person_new` of `person`.
DROP INDEX "person_new";
