-- Drop the index `session_a` of `session`.
DROP INDEX "session_a";

-- Add `session.a`.
ALTER TABLE "session" ADD COLUMN "a" TEXT;

-- Drop `session.c`.
ALTER TABLE "session" DROP COLUMN "c";

-- Index `session_a` of `session`.
CREATE INDEX "session_a" ON "session" ("a");
