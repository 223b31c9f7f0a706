-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- `letter.email` changes. Index `letter_email_fkey` of `letter`.
ALTER TABLE `letter`
    MODIFY COLUMN `email` VARCHAR(255),
    ADD INDEX `letter_email_fkey` (`email`);

-- `person.email` changes. No two rows of `person` may share `email`.
ALTER TABLE `person`
    MODIFY COLUMN `email` VARCHAR(255) NOT NULL,
    ADD UNIQUE INDEX `person_email_key` (`email`);

-- `letter` refers to `person`.
ALTER TABLE `letter` ADD CONSTRAINT `letter_email_fkey` FOREIGN KEY (`email`) REFERENCES `person` (`email`) ON UPDATE CASCADE;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
