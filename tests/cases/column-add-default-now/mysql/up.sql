-- Add `session.created_at`.
ALTER TABLE `session` ADD COLUMN `created_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;
