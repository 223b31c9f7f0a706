-- `note` is new.
CREATE TABLE `note` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `org_id` INT,
    `body` VARCHAR(255) NOT NULL,
    `pinned` BOOLEAN NOT NULL DEFAULT 0,
    PRIMARY KEY (`id`),
    UNIQUE INDEX `note_org_id_body_key` (`org_id`, `body`),
    INDEX `note_body` (`body`),
    CONSTRAINT `note_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`) ON DELETE SET NULL
) ENGINE = InnoDB;
