-- Drop the view `named`.
DROP VIEW `named`;

-- Add `session.plan`.
ALTER TABLE `session` ADD COLUMN `plan` TEXT, ALGORITHM = INSTANT;

-- View `named`.
CREATE VIEW `named` AS
SELECT id, title, plan FROM session WHERE id > 0;
