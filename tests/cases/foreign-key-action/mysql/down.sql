-- Drop the foreign key `desk_org_id_fkey` of `desk`.
ALTER TABLE `desk` DROP FOREIGN KEY `desk_org_id_fkey`;

-- `desk` refers to `org`.
ALTER TABLE `desk` ADD CONSTRAINT `desk_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`);
