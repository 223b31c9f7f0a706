-- Drop the index `person_two` of `person`. No two rows of `person` may share `email`.
ALTER TABLE `person`
    DROP INDEX `person_two`,
    ADD UNIQUE INDEX `person_one` (`email`),
    ALGORITHM = INPLACE, LOCK = NONE;
