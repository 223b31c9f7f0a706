-- Rename `session.plan` to `outline`.
ALTER TABLE `session` RENAME COLUMN `plan` TO `outline`;
