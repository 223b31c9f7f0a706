-- Drop the index `person_email` of `person`. Index `person_email` of `person`.
ALTER TABLE `person`
    DROP INDEX `person_email`,
    ADD INDEX `person_email` (`email`),
    ALGORITHM = INPLACE, LOCK = NONE;
