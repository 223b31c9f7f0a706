-- `country` is new.
CREATE TABLE `country` (
    `code` VARCHAR(255) NOT NULL,
    `name` TEXT NOT NULL,
    PRIMARY KEY (`code`)
) ENGINE = InnoDB;

-- `ticket` is new.
CREATE TABLE `ticket` (
    `id` BIGINT NOT NULL,
    `code` VARCHAR(255) NOT NULL,
    PRIMARY KEY (`id`),
    CONSTRAINT `ticket_code_fkey` FOREIGN KEY (`code`) REFERENCES `country` (`code`)
) ENGINE = InnoDB;
