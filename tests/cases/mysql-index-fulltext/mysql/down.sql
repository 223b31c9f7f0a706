-- Drop the index `item_words` of `item`.
ALTER TABLE `item` DROP INDEX `item_words`;
