-- Drop the index `person_email` of `person`. No two rows of `person` may share `email`.
ALTER TABLE `person`
    DROP INDEX `person_email`,
    ADD UNIQUE INDEX `person_email` (`email`),
    ALGORITHM = INPLACE, LOCK = NONE;
