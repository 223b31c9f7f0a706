-- Index `person_status_idx` of `person`.
ALTER TABLE `person` ADD INDEX `person_status_idx` (`status`), ALGORITHM = INPLACE, LOCK = NONE;
