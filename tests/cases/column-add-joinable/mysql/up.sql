-- Add `session.org_id`. Index `session_org_id_fkey` of `session`.
ALTER TABLE `session`
    ADD COLUMN `org_id` INT,
    ADD INDEX `session_org_id_fkey` (`org_id`),
    ALGORITHM = INPLACE, LOCK = NONE;

-- `session` refers to `org`.
ALTER TABLE `session` ADD CONSTRAINT `session_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`);
