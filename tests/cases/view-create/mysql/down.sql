-- Drop the view `named`.
DROP VIEW `named`;
