-- Drop the index `person_status_idx` of `person`.
ALTER TABLE `person` DROP INDEX `person_status_idx`, ALGORITHM = INPLACE, LOCK = NONE;
