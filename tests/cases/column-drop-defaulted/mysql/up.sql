-- Drop `session.status`.
ALTER TABLE `session` DROP COLUMN `status`, ALGORITHM = INSTANT;
