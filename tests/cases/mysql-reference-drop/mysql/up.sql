-- Drop the foreign key `person_org_id_fkey` of `person`.
ALTER TABLE `person` DROP FOREIGN KEY `person_org_id_fkey`;

-- Drop the index `person_org_id_fkey` of `person`.
ALTER TABLE `person` DROP INDEX `person_org_id_fkey`, ALGORITHM = INPLACE, LOCK = NONE;
