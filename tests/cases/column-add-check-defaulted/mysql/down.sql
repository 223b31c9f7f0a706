-- Drop the check `session_retries_check` of `session`. Drop `session.retries`.
ALTER TABLE `session`
    DROP CONSTRAINT `session_retries_check`,
    DROP COLUMN `retries`;
