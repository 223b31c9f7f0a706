-- Add `session.plan`.
ALTER TABLE `session` ADD COLUMN `plan` TEXT, ALGORITHM = INSTANT;
