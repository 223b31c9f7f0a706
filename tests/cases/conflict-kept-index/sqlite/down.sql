-- Proven on a copy of the database: up, down and up again.

-- Drop the index `session_plan_idx`.
DROP INDEX "session_plan_idx";
