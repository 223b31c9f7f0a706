-- Drop the index `session_new_idx` of `session`.
DROP INDEX "session_new_idx";

-- Drop `session.new`.
ALTER TABLE "session" DROP COLUMN "new";

-- The type of `session.n`.
ALTER TABLE "session" ALTER COLUMN "n" TYPE INTEGER;

-- Add `session.old`.
ALTER TABLE "session" ADD COLUMN "old" INTEGER GENERATED ALWAYS AS (n - 1) STORED;
