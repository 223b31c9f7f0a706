-- Proven on a copy of the database: up, down and up again.

-- Drop `ticket`.
DROP TABLE "ticket";

-- Drop `country`.
DROP TABLE "country";
