-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- `a `b` c.64 letters long, exactly as many as MySQL takes, not one more...` changes. No two rows of `a `b` c` may share `back\slash`. Every row of `a `b` c` must satisfy this.
ALTER TABLE `a ``b`` c`
    MODIFY COLUMN `64 letters long, exactly as many as MySQL takes, not one more...` BIGINT,
    ADD UNIQUE INDEX `a ``b`` c_back\slash_key` (`back\slash`),
    ADD CONSTRAINT `no; --` CHECK (`it's; --` <> '');

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
