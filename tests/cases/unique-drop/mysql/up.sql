-- Drop the index `person_email_key` of `person`.
ALTER TABLE `person` DROP INDEX `person_email_key`, ALGORITHM = INPLACE, LOCK = NONE;
