-- Drop `session.weight`.
ALTER TABLE `session` DROP COLUMN `weight`, ALGORITHM = INSTANT;
