-- Proven on a copy of the database: up, down and up again.

-- Index `person_email` of `person`.
CREATE INDEX "person_email" ON "person" ("email" COLLATE "NOCASE");
