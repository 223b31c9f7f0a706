-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Drop the check `no; --` of `a `b` c`. Drop the index `a `b` c_back\slash_key` of `a `b` c`. `a `b` c.64 letters long, exactly as many as MySQL takes, not one more...` changes.
ALTER TABLE `a ``b`` c`
    DROP CONSTRAINT `no; --`,
    DROP INDEX `a ``b`` c_back\slash_key`,
    MODIFY COLUMN `64 letters long, exactly as many as MySQL takes, not one more...` INT;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
