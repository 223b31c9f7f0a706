-- Proven on a copy of the database: up, down and up again.

-- Add `session.plan`.
ALTER TABLE "session" ADD COLUMN "plan" TEXT;

-- Index `session_plan` of `session`.
CREATE INDEX "session_plan" ON "session" ("plan");
