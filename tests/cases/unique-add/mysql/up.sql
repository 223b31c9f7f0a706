-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- `person.email` changes. No two rows of `person` may share `email`.
ALTER TABLE `person`
    MODIFY COLUMN `email` VARCHAR(255) NOT NULL,
    ADD UNIQUE INDEX `person_email` (`email`);

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
