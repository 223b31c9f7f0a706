-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Add `item.more`. `item.n` changes. Index `item_name_idx` of `item`.
ALTER TABLE `item`
    ADD COLUMN `more` TEXT,
    MODIFY COLUMN `n` BIGINT NOT NULL,
    ADD INDEX `item_name_idx` (`name`);

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
