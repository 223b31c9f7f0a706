-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- `order` changes, in one statement for all.
ALTER TABLE `order`
    DROP INDEX `where`,
    MODIFY COLUMN `select` TEXT,
    DROP COLUMN `table`,
    ADD INDEX `where` (`group`);

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
