-- `item.total` changes. Index `item_total_idx` of `item`.
ALTER TABLE `item`
    DROP COLUMN `total`,
    ADD COLUMN `total` INT GENERATED ALWAYS AS (a * b) VIRTUAL,
    ADD INDEX `item_total_idx` (`total`);
