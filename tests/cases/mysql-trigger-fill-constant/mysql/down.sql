-- Drop `item.m`.
ALTER TABLE `item` DROP COLUMN `m`, ALGORITHM = INSTANT;
