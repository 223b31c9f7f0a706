-- Drop `session.slug`.
ALTER TABLE `session` DROP COLUMN `slug`, ALGORITHM = INSTANT;
