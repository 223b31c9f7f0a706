-- Index `person_new` of `person`.
CREATE INDEX "person_new" ON "person" ("email") WHERE status = 'new';

-- Index `person_status_idx` of `person`.
CREATE INDEX "person_status_idx" ON "person" ("status");
