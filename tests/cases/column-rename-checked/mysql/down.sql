-- Rename `session.outline` to `plan`.
ALTER TABLE `session` RENAME COLUMN `outline` TO `plan`;
