-- Index `item_words` of `item`.
ALTER TABLE `item` ADD FULLTEXT INDEX `item_words` (`name`);
