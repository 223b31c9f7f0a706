-- Index `person_org_id_fkey` of `person`.
ALTER TABLE `person` ADD INDEX `person_org_id_fkey` (`org_id`), ALGORITHM = INPLACE, LOCK = NONE;

-- `person` refers to `org`.
ALTER TABLE `person` ADD CONSTRAINT `person_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`);
