-- Drop `session.ratio`. Drop `session.retries`. Drop `session.status`.
ALTER TABLE `session`
    DROP COLUMN `ratio`,
    DROP COLUMN `retries`,
    DROP COLUMN `status`,
    ALGORITHM = INSTANT;
