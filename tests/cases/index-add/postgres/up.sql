-- Index `person_status_idx` of `person`.
CREATE INDEX "person_status_idx" ON "person" ("status");

-- Index `person_recent` of `person`.
CREATE INDEX "person_recent" ON "person" ("created_at" DESC, "id");
