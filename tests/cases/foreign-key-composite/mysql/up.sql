-- Index `sale_shop_item_fkey` of `sale`.
ALTER TABLE `sale` ADD INDEX `sale_shop_item_fkey` (`shop`, `item`), ALGORITHM = INPLACE, LOCK = NONE;

-- `sale` refers to `stock`.
ALTER TABLE `sale` ADD CONSTRAINT `sale_shop_item_fkey` FOREIGN KEY (`shop`, `item`) REFERENCES `stock` (`shop`, `item`) ON DELETE CASCADE;
