-- Drop the view `named`.
DROP VIEW `named`;

-- Drop `session.plan`.
ALTER TABLE `session` DROP COLUMN `plan`, ALGORITHM = INSTANT;

-- View `named`.
CREATE VIEW `named` AS
SELECT id, title FROM session WHERE id > 0;
