-- Index `node_parent_id_fkey` of `node`.
ALTER TABLE `node` ADD INDEX `node_parent_id_fkey` (`parent_id`), ALGORITHM = INPLACE, LOCK = NONE;

-- `node` refers to `node`.
ALTER TABLE `node` ADD CONSTRAINT `node_parent_id_fkey` FOREIGN KEY (`parent_id`) REFERENCES `node` (`id`) ON DELETE CASCADE;
