-- Proven on a copy of the database: up, down and up again.

-- Drop the index `person_a`.
DROP INDEX "person_a";

-- Index `person_b` of `person`.
CREATE INDEX "person_b" ON "person" ("email");
