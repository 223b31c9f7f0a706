-- Drop the check `plan_known` of `session`. Drop `session.plan`.
ALTER TABLE `session`
    DROP CONSTRAINT `plan_known`,
    DROP COLUMN `plan`;
