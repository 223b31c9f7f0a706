-- `session` changes, in one statement for all.
ALTER TABLE `session`
    ADD COLUMN `a` VARCHAR(255),
    ADD COLUMN `b` INT,
    ADD COLUMN `c` BOOLEAN NOT NULL DEFAULT 0,
    ADD COLUMN `d` DOUBLE,
    ADD INDEX `session_a_b` (`a`, `b`),
    ALGORITHM = INPLACE, LOCK = NONE;
