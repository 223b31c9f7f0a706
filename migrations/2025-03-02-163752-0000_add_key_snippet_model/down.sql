-- Proven on a copy of the database: up, down and up again.

-- Drop `key_snippet`.
DROP TABLE "key_snippet";
