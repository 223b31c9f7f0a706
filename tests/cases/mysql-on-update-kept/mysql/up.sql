-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- What the rows without a `n` receive.
UPDATE `item` SET `n` = 0, `at` = `at` WHERE `n` IS NULL;

-- Add `item.m`. `item.n` changes.
ALTER TABLE `item`
    ADD COLUMN `m` INT,
    MODIFY COLUMN `n` INT NOT NULL;

-- What the rows that are there receive in `m`.
UPDATE `item` SET `m` = n + 1, `at` = `at`;

-- The columns of `item` as they stay.
ALTER TABLE `item` MODIFY COLUMN `m` INT NOT NULL, ALGORITHM = INPLACE, LOCK = NONE;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
