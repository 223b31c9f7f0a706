-- `z_root` is new.
CREATE TABLE `z_root` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `org_id` INT NOT NULL,
    PRIMARY KEY (`id`),
    CONSTRAINT `z_root_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`)
) ENGINE = InnoDB;

-- `m_branch` is new.
CREATE TABLE `m_branch` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `z_id` INT NOT NULL,
    PRIMARY KEY (`id`),
    CONSTRAINT `m_branch_z_id_fkey` FOREIGN KEY (`z_id`) REFERENCES `z_root` (`id`) ON DELETE CASCADE
) ENGINE = InnoDB;

-- `a_leaf` is new.
CREATE TABLE `a_leaf` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `m_id` INT NOT NULL,
    PRIMARY KEY (`id`),
    CONSTRAINT `a_leaf_m_id_fkey` FOREIGN KEY (`m_id`) REFERENCES `m_branch` (`id`)
) ENGINE = InnoDB;
