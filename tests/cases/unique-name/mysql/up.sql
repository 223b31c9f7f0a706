-- Drop the index `person_one` of `person`. No two rows of `person` may share `email`.
ALTER TABLE `person`
    DROP INDEX `person_one`,
    ADD UNIQUE INDEX `person_two` (`email`),
    ALGORITHM = INPLACE, LOCK = NONE;
