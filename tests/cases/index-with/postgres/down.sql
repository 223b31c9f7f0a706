-- Drop the index `session_n_idx` of `session`.
DROP INDEX "session_n_idx";

-- Drop the index `by_email` of `session`.
DROP INDEX "by_email";

-- Index `by_email` of `session`.
CREATE INDEX "by_email" ON "session" ("email");
