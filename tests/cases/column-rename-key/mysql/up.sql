-- Rename `org.id` to `number`.
ALTER TABLE `org` RENAME COLUMN `id` TO `number`;
