-- Drop the index `item_name` of `item`. Index `item_name` of `item`.
ALTER TABLE `item`
    DROP INDEX `item_name`,
    ADD INDEX `item_name` (`name`(10)),
    ALGORITHM = INPLACE, LOCK = NONE;
