-- `a_root` is new.
CREATE TABLE `a_root` (
    `id` INT NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (`id`)
) ENGINE = InnoDB;

-- `b_mid` is new.
CREATE TABLE `b_mid` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `a_id` INT NOT NULL,
    PRIMARY KEY (`id`),
    CONSTRAINT `b_mid_a_id_fkey` FOREIGN KEY (`a_id`) REFERENCES `a_root` (`id`) ON DELETE CASCADE
) ENGINE = InnoDB;

-- `c_leaf` is new.
CREATE TABLE `c_leaf` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `b_id` INT NOT NULL,
    PRIMARY KEY (`id`),
    CONSTRAINT `c_leaf_b_id_fkey` FOREIGN KEY (`b_id`) REFERENCES `b_mid` (`id`) ON DELETE CASCADE
) ENGINE = InnoDB;
