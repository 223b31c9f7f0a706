-- Drop the index `person_a` of `person`. Index `person_b` of `person`.
ALTER TABLE `person`
    DROP INDEX `person_a`,
    ADD INDEX `person_b` (`email`),
    ALGORITHM = INPLACE, LOCK = NONE;
