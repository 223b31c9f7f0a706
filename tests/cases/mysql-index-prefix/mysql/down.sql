-- Drop the index `item_name` of `item`.
ALTER TABLE `item` DROP INDEX `item_name`, ALGORITHM = INPLACE, LOCK = NONE;
