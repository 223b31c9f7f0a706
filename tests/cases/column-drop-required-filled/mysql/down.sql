-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- Add `session.weight`. Every row of `session` must satisfy this.
ALTER TABLE `session`
    ADD COLUMN `weight` INT,
    ADD CONSTRAINT `session_weight_check` CHECK (weight > 0);

-- What the rows that are there receive in `weight`.
UPDATE `session` SET `weight` = length(title);

-- The columns of `session` as they stay.
ALTER TABLE `session` MODIFY COLUMN `weight` INT NOT NULL, ALGORITHM = INPLACE, LOCK = NONE;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
