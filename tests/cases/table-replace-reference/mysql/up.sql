-- Drop the foreign key `desk_org_id_fkey` of `desk`.
ALTER TABLE `desk` DROP FOREIGN KEY `desk_org_id_fkey`;

-- `new_org` is new.
CREATE TABLE `new_org` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `label` TEXT NOT NULL,
    PRIMARY KEY (`id`)
) ENGINE = InnoDB;

-- `desk` refers to `new_org`.
ALTER TABLE `desk` ADD CONSTRAINT `desk_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `new_org` (`id`);

-- Drop `old_org`.
DROP TABLE `old_org`;
