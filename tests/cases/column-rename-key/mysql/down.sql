-- Rename `org.number` to `id`.
ALTER TABLE `org` RENAME COLUMN `number` TO `id`;
