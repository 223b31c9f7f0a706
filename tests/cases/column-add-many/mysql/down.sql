-- `session` changes, in one statement for all.
ALTER TABLE `session`
    DROP INDEX `session_a_b`,
    DROP COLUMN `d`,
    DROP COLUMN `c`,
    DROP COLUMN `b`,
    DROP COLUMN `a`;
