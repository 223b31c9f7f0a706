-- Drop `company.size`.
ALTER TABLE `company` DROP COLUMN `size`, ALGORITHM = INSTANT;

-- Rename `company.title` to `name`.
ALTER TABLE `company` RENAME COLUMN `title` TO `name`;

-- Rename `company.town` to `city`.
ALTER TABLE `company` RENAME COLUMN `town` TO `city`;

-- Rename `company` to `org`.
RENAME TABLE `company` TO `org`;
