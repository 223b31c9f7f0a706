-- Rename `session.b` to `a`.
ALTER TABLE `session` RENAME COLUMN `b` TO `a`;

-- Rename `session.c` to `b`.
ALTER TABLE `session` RENAME COLUMN `c` TO `b`;
