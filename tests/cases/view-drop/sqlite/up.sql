-- Proven on a copy of the database: up, down and up again.

-- Drop the view `named`.
DROP VIEW "named";
