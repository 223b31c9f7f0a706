-- Drop the check `retries_positive` of `session`. Drop `session.retries`.
ALTER TABLE `session`
    DROP CONSTRAINT `retries_positive`,
    DROP COLUMN `retries`;
