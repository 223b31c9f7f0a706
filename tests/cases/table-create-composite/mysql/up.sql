-- `membership` is new.
CREATE TABLE `membership` (
    `org_id` INT NOT NULL,
    `person` VARCHAR(255) NOT NULL,
    `role` TEXT NOT NULL,
    PRIMARY KEY (`org_id`, `person`),
    CONSTRAINT `membership_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`) ON DELETE CASCADE
) ENGINE = InnoDB;

-- `badge` is new.
CREATE TABLE `badge` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `org_id` INT NOT NULL,
    `person` VARCHAR(255) NOT NULL,
    `colour` VARCHAR(255) NOT NULL,
    PRIMARY KEY (`id`),
    UNIQUE INDEX `badge_org_id_colour_key` (`org_id`, `colour`),
    CONSTRAINT `badge_member` FOREIGN KEY (`org_id`, `person`) REFERENCES `membership` (`org_id`, `person`) ON UPDATE CASCADE
) ENGINE = InnoDB;
