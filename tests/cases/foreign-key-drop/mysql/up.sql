-- Drop the foreign key `desk_org` of `desk`.
ALTER TABLE `desk` DROP FOREIGN KEY `desk_org`;
