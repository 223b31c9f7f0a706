-- Drop the index `session_code_key` of `session`. Drop `session.code`.
ALTER TABLE `session`
    DROP INDEX `session_code_key`,
    DROP COLUMN `code`;
