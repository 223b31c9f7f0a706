-- Proven on a copy of the database: up, down and up again.

-- Index `person_email_idx` of `person`.
CREATE UNIQUE INDEX "person_email_idx" ON "person" ("email");
