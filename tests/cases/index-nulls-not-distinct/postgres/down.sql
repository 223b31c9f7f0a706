-- Drop the index `once` of `session`.
DROP INDEX "once";

-- Index `once` of `session`.
CREATE UNIQUE INDEX "once" ON "session" ("email");
