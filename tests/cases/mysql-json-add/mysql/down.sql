-- Drop `item.list`. Drop `item.doc`.
ALTER TABLE `item`
    DROP COLUMN `list`,
    DROP COLUMN `doc`,
    ALGORITHM = INSTANT;
