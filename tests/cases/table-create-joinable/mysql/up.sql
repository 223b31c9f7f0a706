-- `visit` is new.
CREATE TABLE `visit` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `org_id` INT NOT NULL,
    `host_id` INT,
    PRIMARY KEY (`id`),
    CONSTRAINT `visit_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`)
) ENGINE = InnoDB;
