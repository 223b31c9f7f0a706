-- Drop the index `person_status` of `person`.
DROP INDEX "person_status";

-- Drop the index `person_new` of `person`.
DROP INDEX "person_new";

-- Index `person_status` of `person`.
CREATE INDEX "person_status" ON "person" ("status" DESC, "email");

-- Index `person_new` of `person`.
CREATE INDEX "person_new" ON "person" ("email") WHERE status = 'old';
