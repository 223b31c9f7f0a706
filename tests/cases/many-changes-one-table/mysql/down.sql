-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- `session` changes, in one statement for all.
ALTER TABLE `session`
    DROP INDEX `session_outline`,
    DROP CONSTRAINT `session_title_check`,
    DROP INDEX `session_title_score_key`,
    ADD COLUMN `old` TEXT,
    MODIFY COLUMN `score` TEXT NOT NULL,
    MODIFY COLUMN `outline` VARCHAR(255),
    MODIFY COLUMN `title` TEXT NOT NULL,
    DROP COLUMN `owner`,
    ADD INDEX `session_plan` (`outline`),
    ADD CONSTRAINT `session_title_check` CHECK (title <> '');

-- Rename `session.outline` to `plan`.
ALTER TABLE `session` RENAME COLUMN `outline` TO `plan`;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
