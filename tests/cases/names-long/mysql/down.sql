-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Drop the index `long_long_long_long_long_long_long_long_long_long_long_long__idx` of `long_long_long_long_long_long_long_long_long_long_long_long_`. `long_long_long_long_long_long_long_long_long_long_long_long_.a` changes. Drop `long_long_long_long_long_long_long_long_long_long_long_long_.long_long_long_long_long_long_long_long_long_long_long_long_b`.
ALTER TABLE `long_long_long_long_long_long_long_long_long_long_long_long_`
    DROP INDEX `long_long_long_long_long_long_long_long_long_long_long_long__idx`,
    MODIFY COLUMN `a` TEXT,
    DROP COLUMN `long_long_long_long_long_long_long_long_long_long_long_long_b`;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
