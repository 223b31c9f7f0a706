-- The use of an index of `item`.
ALTER TABLE `item` ALTER INDEX `item_n` IGNORED;
