-- `note` is new.
CREATE TABLE `note` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `body` TEXT NOT NULL,
    `score` DOUBLE,
    `data` BLOB,
    `seen` BOOLEAN NOT NULL,
    `day` DATE,
    PRIMARY KEY (`id`)
) ENGINE = InnoDB;
