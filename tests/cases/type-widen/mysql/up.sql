-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- `item.code` changes. `item.total` changes. `item.ratio` changes.
ALTER TABLE `item`
    MODIFY COLUMN `code` BIGINT NOT NULL,
    MODIFY COLUMN `total` BIGINT NOT NULL,
    MODIFY COLUMN `ratio` DOUBLE NOT NULL;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
