-- Add `session.a`. Add `session.b`. Add `session.c`. Add `session.d`. Index `session_a_b` of `session`.
ALTER TABLE `session`
    ADD COLUMN `a` VARCHAR(255),
    ADD COLUMN `b` INT,
    ADD COLUMN `c` BOOLEAN NOT NULL DEFAULT 0,
    ADD COLUMN `d` DOUBLE,
    ADD INDEX `session_a_b` (`a`, `b`),
    ALGORITHM = INPLACE, LOCK = NONE;
