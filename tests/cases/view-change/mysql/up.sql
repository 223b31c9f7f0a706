-- Drop the view `named`.
DROP VIEW `named`;

-- View `named`.
CREATE VIEW `named` AS
SELECT id, title FROM session WHERE id > 1;
