-- Drop the index `person_b` of `person`. Index `person_a` of `person`.
ALTER TABLE `person`
    DROP INDEX `person_b`,
    ADD INDEX `person_a` (`email`),
    ALGORITHM = INPLACE, LOCK = NONE;
