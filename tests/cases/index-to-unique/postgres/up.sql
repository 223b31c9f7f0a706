-- Drop the index `person_email` of `person`.
DROP INDEX "person_email";

-- Index `person_email` of `person`.
CREATE UNIQUE INDEX "person_email" ON "person" ("email");
