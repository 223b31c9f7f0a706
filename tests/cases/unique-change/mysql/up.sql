-- Drop the index `person_key` of `person`. No two rows of `person` may share `email`, `org`.
ALTER TABLE `person`
    DROP INDEX `person_key`,
    ADD UNIQUE INDEX `person_key` (`email`, `org`),
    ALGORITHM = INPLACE, LOCK = NONE;
