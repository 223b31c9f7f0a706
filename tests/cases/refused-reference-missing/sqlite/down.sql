-- Proven on a copy of the database: up, down and up again.

-- Drop `desk`.
DROP TABLE "desk";
