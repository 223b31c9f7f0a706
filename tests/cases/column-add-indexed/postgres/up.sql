-- Add `session.rank`.
ALTER TABLE "session" ADD COLUMN "rank" INTEGER;

-- Index `session_rank` of `session`.
CREATE INDEX "session_rank" ON "session" ("rank" DESC);
