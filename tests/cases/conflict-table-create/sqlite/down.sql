-- Proven on a copy of the database: up, down and up again.

-- Drop `session`.
DROP TABLE "session";
