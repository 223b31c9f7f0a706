-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- A column of the foreign key `person_org_id_fkey` of `person` changes.
ALTER TABLE `person` DROP FOREIGN KEY `person_org_id_fkey`;

-- `person.org_id` changes.
ALTER TABLE `person` MODIFY COLUMN `org_id` INT;

-- `org.id` changes.
ALTER TABLE `org` MODIFY COLUMN `id` INT NOT NULL AUTO_INCREMENT;

-- The foreign key `person_org_id_fkey` of `person` again.
ALTER TABLE `person` ADD CONSTRAINT `person_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`) ON DELETE SET NULL;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
