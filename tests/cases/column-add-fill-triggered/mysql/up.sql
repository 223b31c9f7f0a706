-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Add `session.slug`.
ALTER TABLE `session` ADD COLUMN `slug` TEXT;

-- What the rows that are there receive in `slug`.
UPDATE `session` SET `slug` = lower(title);

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
