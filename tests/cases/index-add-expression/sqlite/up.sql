-- Proven on a copy of the database: up, down and up again.

-- Index `person_lower` of `person`.
CREATE INDEX "person_lower" ON "person" ((lower(email)), "status");

-- Index `person_both` of `person`.
CREATE UNIQUE INDEX "person_both" ON "person" ((email || ':' || status));
