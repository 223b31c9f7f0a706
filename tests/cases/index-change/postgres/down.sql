-- Drop the index `person_new` of `person`.
DROP INDEX "person_new";

-- Drop the index `person_status` of `person`.
DROP INDEX "person_status";

-- Index `person_new` of `person`.
CREATE INDEX "person_new" ON "person" ("email") WHERE status = 'new';

-- Index `person_status` of `person`.
CREATE INDEX "person_status" ON "person" ("status");
