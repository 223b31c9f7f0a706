-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Add `long_long_long_long_long_long_long_long_long_long_long_long_.long_long_long_long_long_long_long_long_long_long_long_long_b`. `long_long_long_long_long_long_long_long_long_long_long_long_.a` changes. Index `long_long_long_long_long_long_long_long_long_long_long_long__idx` of `long_long_long_long_long_long_long_long_long_long_long_long_`.
ALTER TABLE `long_long_long_long_long_long_long_long_long_long_long_long_`
    ADD COLUMN `long_long_long_long_long_long_long_long_long_long_long_long_b` VARCHAR(255),
    MODIFY COLUMN `a` TEXT NOT NULL,
    ADD INDEX `long_long_long_long_long_long_long_long_long_long_long_long__idx` (`long_long_long_long_long_long_long_long_long_long_long_long_b`),
    ALGORITHM = INPLACE, LOCK = NONE;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
