-- Index `item_name` of `item`.
ALTER TABLE `item` ADD INDEX `item_name` (`name`(10), `n`), ALGORITHM = INPLACE, LOCK = NONE;
