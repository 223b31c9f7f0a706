-- Add `session.status`.
ALTER TABLE `session` ADD COLUMN `status` TEXT NOT NULL DEFAULT 'new', ALGORITHM = INSTANT;
