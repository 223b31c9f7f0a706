-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- A column of the foreign key `part_item_id_fkey` of `part` changes.
ALTER TABLE `part` DROP FOREIGN KEY `part_item_id_fkey`;

-- `item.id` changes.
ALTER TABLE `item` MODIFY COLUMN `id` BIGINT NOT NULL AUTO_INCREMENT;

-- `part.item_id` changes.
ALTER TABLE `part` MODIFY COLUMN `item_id` BIGINT NOT NULL;

-- The foreign key `part_item_id_fkey` of `part` again.
ALTER TABLE `part` ADD CONSTRAINT `part_item_id_fkey` FOREIGN KEY (`item_id`) REFERENCES `item` (`id`) ON DELETE CASCADE;

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
