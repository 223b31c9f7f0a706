-- `item.total` changes.
ALTER TABLE `item`
    DROP COLUMN `total`,
    ADD COLUMN `total` INT GENERATED ALWAYS AS (a * b) VIRTUAL;
