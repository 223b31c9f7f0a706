-- Drop `session.plan`.
ALTER TABLE `session` DROP COLUMN `plan`, ALGORITHM = INSTANT;
