-- Index `item_name` of `item`.
ALTER TABLE `item` ADD UNIQUE INDEX `item_name` (`name`) USING HASH;
