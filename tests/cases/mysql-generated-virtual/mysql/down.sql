-- Drop the index `item_total_idx` of `item`. `item.total` changes.
ALTER TABLE `item`
    DROP INDEX `item_total_idx`,
    DROP COLUMN `total`,
    ADD COLUMN `total` INT GENERATED ALWAYS AS (a * b) STORED;
