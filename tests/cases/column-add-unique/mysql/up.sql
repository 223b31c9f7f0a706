-- Add `session.code`. No two rows of `session` may share `code`.
ALTER TABLE `session`
    ADD COLUMN `code` VARCHAR(255),
    ADD UNIQUE INDEX `session_code_key` (`code`),
    ALGORITHM = INPLACE, LOCK = NONE;
