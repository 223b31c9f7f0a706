-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Drop the foreign key `desk_org_id_fkey` of `desk`.
ALTER TABLE `desk` DROP FOREIGN KEY `desk_org_id_fkey`;

-- `bulb` is new.
CREATE TABLE `bulb` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `lamp_id` INT NOT NULL,
    PRIMARY KEY (`id`),
    CONSTRAINT `bulb_lamp_id_fkey` FOREIGN KEY (`lamp_id`) REFERENCES `lamp` (`id`)
) ENGINE = InnoDB;

-- Add `org.city`.
ALTER TABLE `org` ADD COLUMN `city` TEXT, ALGORITHM = INSTANT;

-- What the rows without a `label` receive.
UPDATE `desk` SET `label` = '?' WHERE `label` IS NULL;

-- `desk.label` changes. Index `desk_label_idx` of `desk`.
ALTER TABLE `desk`
    MODIFY COLUMN `label` VARCHAR(255) NOT NULL,
    ADD INDEX `desk_label_idx` (`label`);

-- `lamp.watt` changes.
ALTER TABLE `lamp` MODIFY COLUMN `watt` INT NOT NULL;

-- `desk` refers to `org`.
ALTER TABLE `desk` ADD CONSTRAINT `desk_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`);

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
