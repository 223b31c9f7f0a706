-- No two rows of `person` may share `email`.
ALTER TABLE `person` ADD UNIQUE INDEX `person_email_key` (`email`), ALGORITHM = INPLACE, LOCK = NONE;
