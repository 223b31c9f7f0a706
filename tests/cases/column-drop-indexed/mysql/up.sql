-- Drop the index `session_plan` of `session`. Drop `session.plan`.
ALTER TABLE `session`
    DROP INDEX `session_plan`,
    DROP COLUMN `plan`;
