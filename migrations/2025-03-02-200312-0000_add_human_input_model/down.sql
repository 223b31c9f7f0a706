-- Proven on a copy of the database: up, down and up again.

-- Drop `human_input`.
DROP TABLE "human_input";
