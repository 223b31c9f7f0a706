-- Drop the index `session_a_b` of `session`. Drop `session.d`. Drop `session.c`. Drop `session.b`. Drop `session.a`.
ALTER TABLE `session`
    DROP INDEX `session_a_b`,
    DROP COLUMN `d`,
    DROP COLUMN `c`,
    DROP COLUMN `b`,
    DROP COLUMN `a`;
