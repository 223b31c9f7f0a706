-- Drop the foreign key `node_parent_id_fkey` of `node`.
ALTER TABLE `node` DROP FOREIGN KEY `node_parent_id_fkey`;

-- Drop the index `node_parent_id_fkey` of `node`.
ALTER TABLE `node` DROP INDEX `node_parent_id_fkey`, ALGORITHM = INPLACE, LOCK = NONE;
