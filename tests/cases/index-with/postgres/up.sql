-- Drop the index `by_email` of `session`.
DROP INDEX "by_email";

-- Index `by_email` of `session`.
CREATE INDEX "by_email" ON "session" ("email") WITH (fillfactor=70);

-- Index `session_n_idx` of `session`.
CREATE INDEX "session_n_idx" ON "session" ("n") WITH (fillfactor=50) WHERE n > 1;
