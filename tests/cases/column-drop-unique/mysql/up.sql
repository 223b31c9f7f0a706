-- Drop the index `session_plan_key` of `session`. Drop `session.plan`.
ALTER TABLE `session`
    DROP INDEX `session_plan_key`,
    DROP COLUMN `plan`;
