-- Add `session.plan`. Index `session_plan` of `session`.
ALTER TABLE `session`
    ADD COLUMN `plan` VARCHAR(255),
    ADD INDEX `session_plan` (`plan`),
    ALGORITHM = INPLACE, LOCK = NONE;
