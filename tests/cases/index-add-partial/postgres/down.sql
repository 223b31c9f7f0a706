-- Drop the index `person_new` of `person`.
DROP INDEX "person_new";
