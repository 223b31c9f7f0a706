-- Proven on a copy of the database: up, down and up again.

-- Index `session_plan_idx` of `session`.
CREATE INDEX "session_plan_idx" ON "session" ("plan");
