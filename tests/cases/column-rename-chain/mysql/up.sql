-- Rename `session.b` to `c`.
ALTER TABLE `session` RENAME COLUMN `b` TO `c`;

-- Rename `session.a` to `b`.
ALTER TABLE `session` RENAME COLUMN `a` TO `b`;
