-- Drop the index `busy_email_idx` of `busy`.
DROP INDEX "busy_email_idx";

-- Drop the index `by_n` of `busy`.
DROP INDEX "by_n";

-- The type of `session.n`.
ALTER TABLE "session" ALTER COLUMN "n" TYPE INTEGER;

-- Index `by_n` of `busy`.
CREATE INDEX "by_n" ON "busy" ("n");
