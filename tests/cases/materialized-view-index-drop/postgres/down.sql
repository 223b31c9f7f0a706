-- Index `busy_n_idx` of `busy`.
CREATE INDEX "busy_n_idx" ON "busy" ("n" DESC NULLS LAST);
