-- `desk` refers to `org`.
ALTER TABLE `desk` ADD CONSTRAINT `desk_org` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`) ON DELETE SET NULL;
