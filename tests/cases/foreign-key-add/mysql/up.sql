-- Index `desk_org` of `desk`.
ALTER TABLE `desk` ADD INDEX `desk_org` (`org_id`), ALGORITHM = INPLACE, LOCK = NONE;

-- `desk` refers to `org`.
ALTER TABLE `desk` ADD CONSTRAINT `desk_org` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`) ON DELETE SET NULL;
