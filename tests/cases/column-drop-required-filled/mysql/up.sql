-- Drop the check `session_weight_check` of `session`. Drop `session.weight`.
ALTER TABLE `session`
    DROP CONSTRAINT `session_weight_check`,
    DROP COLUMN `weight`;
