-- Proven on a copy of the database: up, down and up again.

-- Drop the index `session_email`.
DROP INDEX "session_email";

-- Index `session_email` of `session`.
CREATE INDEX "session_email" ON "session" ("email" COLLATE "RTRIM" DESC);
