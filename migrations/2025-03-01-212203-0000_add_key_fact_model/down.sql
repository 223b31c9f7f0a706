-- Proven on an empty database: up, down and up again.

-- Drop `key_fact`.
DROP TABLE "key_fact";
