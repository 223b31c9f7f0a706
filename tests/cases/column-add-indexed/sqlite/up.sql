-- Proven on a copy of the database: up, down and up again.

-- Add `session.rank`.
ALTER TABLE "session" ADD COLUMN "rank" INTEGER;

-- Index `session_rank` of `session`.
CREATE INDEX "session_rank" ON "session" ("rank" DESC);
