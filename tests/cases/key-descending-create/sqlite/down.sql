-- Proven on a copy of the database: up, down and up again.

-- Drop `up`.
DROP TABLE "up";

-- Drop `down`.
DROP TABLE "down";

-- Drop `counted`.
DROP TABLE "counted";
