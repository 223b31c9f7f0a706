-- `person` is new.
CREATE TABLE `person` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `team_id` INT,
    `boss_id` INT,
    PRIMARY KEY (`id`),
    INDEX `person_team` (`team_id`),
    CONSTRAINT `person_boss` FOREIGN KEY (`boss_id`) REFERENCES `person` (`id`)
) ENGINE = InnoDB;

-- `team` is new.
CREATE TABLE `team` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `lead_id` INT,
    PRIMARY KEY (`id`),
    CONSTRAINT `team_lead` FOREIGN KEY (`lead_id`) REFERENCES `person` (`id`) ON DELETE SET NULL
) ENGINE = InnoDB;

-- `person` refers to `team`.
ALTER TABLE `person` ADD CONSTRAINT `person_team` FOREIGN KEY (`team_id`) REFERENCES `team` (`id`);
