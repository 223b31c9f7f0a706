-- `item` changes, in one statement for all.
ALTER TABLE `item`
    DROP COLUMN `j`,
    DROP COLUMN `i`,
    DROP COLUMN `h`,
    DROP COLUMN `g`,
    DROP COLUMN `f`,
    DROP COLUMN `e`,
    DROP COLUMN `d`,
    DROP COLUMN `c`,
    DROP COLUMN `b`,
    DROP COLUMN `a`,
    ALGORITHM = INSTANT;
