-- Drop the index `person_b` of `person`.
DROP INDEX "person_b";

-- Index `person_a` of `person`.
CREATE INDEX "person_a" ON "person" ("email");
