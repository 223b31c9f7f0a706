-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Drop the index `item_n_idx` of `item`. `item.n` changes. Drop `item.more`.
ALTER TABLE `item`
    DROP INDEX `item_n_idx`,
    MODIFY COLUMN `n` INT NOT NULL,
    DROP COLUMN `more`;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
