-- Proven on a copy of the database: up, down and up again.

-- Drop `note`.
DROP TABLE "note";
