-- Proven on a copy of the database: up, down and up again.

-- Drop `badge`.
DROP TABLE "badge";

-- Drop `membership`.
DROP TABLE "membership";
