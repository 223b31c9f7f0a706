-- Proven on a copy of the database: up, down and up again.

-- Drop `visit`.
DROP TABLE "visit";
