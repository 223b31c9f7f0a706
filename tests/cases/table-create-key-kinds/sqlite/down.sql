-- Proven on a copy of the database: up, down and up again.

-- Drop `plain_key`.
DROP TABLE "plain_key";

-- Drop `own_key`.
DROP TABLE "own_key";

-- Drop `counted_key`.
DROP TABLE "counted_key";
