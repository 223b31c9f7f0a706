-- Index `person_email_idx` of `person`.
CREATE UNIQUE INDEX "person_email_idx" ON "person" ("email");
