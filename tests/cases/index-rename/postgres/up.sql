-- Drop the index `person_a` of `person`.
DROP INDEX "person_a";

-- Index `person_b` of `person`.
CREATE INDEX "person_b" ON "person" ("email");
