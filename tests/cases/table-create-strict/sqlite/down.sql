-- Proven on a copy of the database: up, down and up again.

-- Drop `setting`.
DROP TABLE "setting";

-- Drop `event`.
DROP TABLE "event";
