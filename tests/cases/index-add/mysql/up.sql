-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- `person.status` changes. Index `person_recent` of `person`. Index `person_status_idx` of `person`.
ALTER TABLE `person`
    MODIFY COLUMN `status` VARCHAR(255) NOT NULL,
    ADD INDEX `person_recent` (`created_at` DESC, `id`),
    ADD INDEX `person_status_idx` (`status`);

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
