-- Drop the index `person_org` of `person`. Index `person_org_id_fkey` of `person`.
ALTER TABLE `person`
    DROP INDEX `person_org`,
    ADD INDEX `person_org_id_fkey` (`org_id`),
    ALGORITHM = INPLACE, LOCK = NONE;
