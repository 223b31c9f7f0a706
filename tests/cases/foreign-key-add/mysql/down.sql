-- Drop the foreign key `desk_org` of `desk`.
ALTER TABLE `desk` DROP FOREIGN KEY `desk_org`;

-- Drop the index `desk_org` of `desk`.
ALTER TABLE `desk` DROP INDEX `desk_org`, ALGORITHM = INPLACE, LOCK = NONE;
