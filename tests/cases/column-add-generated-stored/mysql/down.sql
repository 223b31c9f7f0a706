-- Drop `session.size`.
ALTER TABLE `session` DROP COLUMN `size`;
