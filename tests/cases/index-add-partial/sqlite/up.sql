-- Proven on a copy of the database: up, down and up again.

-- Index `person_new` of `person`.
CREATE INDEX "person_new" ON "person" ("email") WHERE status = 'new';
