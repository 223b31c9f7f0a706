-- Drop the index `session_a` of `session`.
DROP INDEX "session_a";

-- Add `session.c`.
ALTER TABLE "session" ADD COLUMN "c" TEXT;

-- Drop `session.a`.
ALTER TABLE "session" DROP COLUMN "a";

-- Index `session_a` of `session`.
CREATE INDEX "session_a" ON "session" ("b");
