-- Add `session.retries`. Every row of `session` must satisfy this.
ALTER TABLE `session`
    ADD COLUMN `retries` INT NOT NULL DEFAULT 1,
    ADD CONSTRAINT `session_retries_check` CHECK (retries > 0);
