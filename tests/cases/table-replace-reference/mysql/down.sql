-- `old_org` is new.
CREATE TABLE `old_org` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `name` TEXT NOT NULL,
    PRIMARY KEY (`id`)
) ENGINE = InnoDB;

-- Drop the foreign key `desk_org_id_fkey` of `desk`.
ALTER TABLE `desk` DROP FOREIGN KEY `desk_org_id_fkey`;

-- Drop `new_org`.
DROP TABLE `new_org`;

-- `desk` refers to `old_org`.
ALTER TABLE `desk` ADD CONSTRAINT `desk_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `old_org` (`id`);
