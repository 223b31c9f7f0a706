-- Add `session.plan`. No two rows of `session` may share `plan`.
ALTER TABLE `session`
    ADD COLUMN `plan` VARCHAR(255),
    ADD UNIQUE INDEX `session_plan_key` (`plan`),
    ALGORITHM = INPLACE, LOCK = NONE;
