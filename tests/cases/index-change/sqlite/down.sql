-- Proven on a copy of the database: up, down and up again.

-- Drop the index `person_new`.
DROP INDEX "person_new";

-- Drop the index `person_status`.
DROP INDEX "person_status";

-- Index `person_status` of `person`.
CREATE INDEX "person_status" ON "person" ("status");

-- Index `person_new` of `person`.
CREATE INDEX "person_new" ON "person" ("email") WHERE status = 'new';
