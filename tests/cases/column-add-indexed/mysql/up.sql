-- Add `session.rank`. Index `session_rank` of `session`.
ALTER TABLE `session`
    ADD COLUMN `rank` INT,
    ADD INDEX `session_rank` (`rank` DESC),
    ALGORITHM = INPLACE, LOCK = NONE;
