-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- `diary.felt` changes.
ALTER TABLE `diary` MODIFY COLUMN `felt` ENUM('awful', 'sad', 'meh', 'ok') NOT NULL DEFAULT 'ok';

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
