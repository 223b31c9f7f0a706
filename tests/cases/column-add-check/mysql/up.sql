-- Add `session.retries`. Every row of `session` must satisfy this.
ALTER TABLE `session`
    ADD COLUMN `retries` INT,
    ADD CONSTRAINT `retries_positive` CHECK (retries > 0);
