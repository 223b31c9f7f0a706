-- Proven on a copy of the database: up, down and up again.

-- Drop the index `person_email`.
DROP INDEX "person_email";

-- Index `person_email` of `person`.
CREATE INDEX "person_email" ON "person" ("email");
