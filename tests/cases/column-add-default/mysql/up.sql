-- Add `session.status`. Add `session.retries`. Add `session.ratio`.
ALTER TABLE `session`
    ADD COLUMN `status` TEXT NOT NULL DEFAULT 'pending',
    ADD COLUMN `retries` INT NOT NULL DEFAULT 0,
    ADD COLUMN `ratio` DOUBLE NOT NULL DEFAULT -1.5,
    ALGORITHM = INSTANT;
