-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Drop the index `person_status` of `person`. `person.email` changes. Index `person_status` of `person`.
ALTER TABLE `person`
    DROP INDEX `person_status`,
    MODIFY COLUMN `email` TEXT NOT NULL,
    ADD INDEX `person_status` (`status`);

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
