-- Drop the index `person_org_id_fkey` of `person`. Index `person_org` of `person`.
ALTER TABLE `person`
    DROP INDEX `person_org_id_fkey`,
    ADD INDEX `person_org` (`org_id`, `n`),
    ALGORITHM = INPLACE, LOCK = NONE;
