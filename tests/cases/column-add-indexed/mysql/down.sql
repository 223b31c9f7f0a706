-- Drop the index `session_rank` of `session`. Drop `session.rank`.
ALTER TABLE `session`
    DROP INDEX `session_rank`,
    DROP COLUMN `rank`;
