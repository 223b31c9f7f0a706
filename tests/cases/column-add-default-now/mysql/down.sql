-- Drop `session.created_at`.
ALTER TABLE `session` DROP COLUMN `created_at`, ALGORITHM = INSTANT;
