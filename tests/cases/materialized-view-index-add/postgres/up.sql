-- Index `busy_id_idx` of `busy`.
CREATE UNIQUE INDEX "busy_id_idx" ON "busy" ("id");

-- Index `by_mail` of `busy`.
CREATE INDEX "by_mail" ON "busy" ((lower(email)), "n" DESC) WITH (fillfactor=70) WHERE n IN (1, 2);
