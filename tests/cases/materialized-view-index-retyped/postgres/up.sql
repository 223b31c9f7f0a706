-- Drop the index `by_n` of `busy`.
DROP INDEX "by_n";

-- The type of `session.n`.
ALTER TABLE "session" ALTER COLUMN "n" TYPE BIGINT;

-- Index `by_n` of `busy`.
CREATE INDEX "by_n" ON "busy" ("n" DESC);

-- Index `busy_email_idx` of `busy`.
CREATE INDEX "busy_email_idx" ON "busy" ("email");
