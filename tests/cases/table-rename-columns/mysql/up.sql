-- Rename `org` to `company`.
RENAME TABLE `org` TO `company`;

-- Rename `company.city` to `town`.
ALTER TABLE `company` RENAME COLUMN `city` TO `town`;

-- Rename `company.name` to `title`.
ALTER TABLE `company` RENAME COLUMN `name` TO `title`;

-- Add `company.size`.
ALTER TABLE `company` ADD COLUMN `size` INT, ALGORITHM = INSTANT;
