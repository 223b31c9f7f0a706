-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Add `item.m`. The rows that are there receive 5.
ALTER TABLE `item` ADD COLUMN `m` INT NOT NULL DEFAULT 5, ALGORITHM = INSTANT;

-- The columns of `item` as they stay.
ALTER TABLE `item` MODIFY COLUMN `m` INT NOT NULL, ALGORITHM = INPLACE, LOCK = NONE;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
