-- Drop `session.old`.
ALTER TABLE "session" DROP COLUMN "old";

-- The type of `session.n`.
ALTER TABLE "session" ALTER COLUMN "n" TYPE BIGINT;

-- Add `session.new`.
ALTER TABLE "session" ADD COLUMN "new" BIGINT GENERATED ALWAYS AS (n + 1) STORED;

-- Index `session_new_idx` of `session`.
CREATE INDEX "session_new_idx" ON "session" ("new");
