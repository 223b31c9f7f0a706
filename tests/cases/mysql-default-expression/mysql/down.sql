-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- `item.name` changes. Drop `item.code`.
ALTER TABLE `item`
    MODIFY COLUMN `name` VARCHAR(255) NOT NULL,
    DROP COLUMN `code`,
    ALGORITHM = INSTANT;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
