-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Drop the foreign key `desk_org_id_fkey` of `desk`.
ALTER TABLE `desk` DROP FOREIGN KEY `desk_org_id_fkey`;

-- Drop the index `desk_label_idx` of `desk`. `desk.label` changes.
ALTER TABLE `desk`
    DROP INDEX `desk_label_idx`,
    MODIFY COLUMN `label` TEXT;

-- `lamp.watt` changes.
ALTER TABLE `lamp` MODIFY COLUMN `watt` TEXT NOT NULL;

-- Drop `org.city`.
ALTER TABLE `org` DROP COLUMN `city`, ALGORITHM = INSTANT;

-- Drop `bulb`.
DROP TABLE `bulb`;

-- `desk` refers to `org`.
ALTER TABLE `desk` ADD CONSTRAINT `desk_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`) ON DELETE CASCADE;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
