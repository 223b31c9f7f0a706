-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Rename `session.plan` to `outline`.
ALTER TABLE `session` RENAME COLUMN `plan` TO `outline`;

-- What the rows without a `outline` receive.
UPDATE `session` SET `outline` = '-' WHERE `outline` IS NULL;

-- `session` changes, in one statement for all.
ALTER TABLE `session`
    DROP CONSTRAINT `session_title_check`,
    DROP INDEX `session_plan`,
    ADD COLUMN `owner` TEXT,
    MODIFY COLUMN `title` VARCHAR(255) NOT NULL DEFAULT 'new',
    MODIFY COLUMN `outline` VARCHAR(255) NOT NULL,
    MODIFY COLUMN `score` INT NOT NULL,
    DROP COLUMN `old`,
    ADD UNIQUE INDEX `session_title_score_key` (`title`, `score`),
    ADD CONSTRAINT `session_title_check` CHECK (title <> '-'),
    ADD INDEX `session_outline` (`outline` DESC);

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
