-- Index `person_new` of `person`.
CREATE INDEX "person_new" ON "person" ("email") WHERE status = 'new';
