-- Drop the index `person_both` of `person`.
DROP INDEX "person_both";

-- Drop the index `person_lower` of `person`.
DROP INDEX "person_lower";
