-- Proven on a copy of the database: up, down and up again.

-- Drop the index `person_b`.
DROP INDEX "person_b";

-- Index `person_a` of `person`.
CREATE INDEX "person_a" ON "person" ("email");
