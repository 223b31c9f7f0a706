-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Rename `session.plan` to `outline`.
ALTER TABLE `session` RENAME COLUMN `plan` TO `outline`;

-- What the rows without a `outline` receive.
UPDATE `session` SET `outline` = 'none' WHERE `outline` IS NULL;

-- `session.outline` changes.
ALTER TABLE `session` MODIFY COLUMN `outline` TEXT NOT NULL, ALGORITHM = INPLACE, LOCK = NONE;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
