-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- `item.total` changes.
ALTER TABLE `item`
    DROP COLUMN `total`,
    ADD COLUMN `total` INT;

-- `item.total` keeps what it computed.
UPDATE `item` SET `total` = a * b;

-- The columns of `item` as they stay.
ALTER TABLE `item` MODIFY COLUMN `total` INT, ALGORITHM = INPLACE, LOCK = NONE;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
