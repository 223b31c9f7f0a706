-- Drop the foreign key `sale_shop_item_fkey` of `sale`.
ALTER TABLE `sale` DROP FOREIGN KEY `sale_shop_item_fkey`;

-- Drop the index `sale_shop_item_fkey` of `sale`.
ALTER TABLE `sale` DROP INDEX `sale_shop_item_fkey`, ALGORITHM = INPLACE, LOCK = NONE;
