-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Drop the foreign key `letter_email_fkey` of `letter`.
ALTER TABLE `letter` DROP FOREIGN KEY `letter_email_fkey`;

-- Drop the index `letter_email_fkey` of `letter`. `letter.email` changes.
ALTER TABLE `letter`
    DROP INDEX `letter_email_fkey`,
    MODIFY COLUMN `email` TEXT;

-- Drop the index `person_email_key` of `person`. `person.email` changes.
ALTER TABLE `person`
    DROP INDEX `person_email_key`,
    MODIFY COLUMN `email` TEXT NOT NULL;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
