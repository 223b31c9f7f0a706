-- `session` is new.
CREATE TABLE `session` (
    `id` INT NOT NULL AUTO_INCREMENT,
    `org_id` INT NOT NULL,
    `status` VARCHAR(20) NOT NULL DEFAULT 'pending',
    `email` VARCHAR(255),
    `price` INT NOT NULL,
    `quantity` INT NOT NULL,
    `total` INT GENERATED ALWAYS AS (price * quantity) STORED,
    `created_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `deleted_at` TIMESTAMP NULL,
    PRIMARY KEY (`id`),
    UNIQUE INDEX `session_email_key` (`email`),
    INDEX `session_status_idx` (`status`),
    CONSTRAINT `status_known` CHECK (status IN ('pending', 'running', 'completed')),
    CONSTRAINT `session_quantity_check` CHECK (quantity > 0),
    CONSTRAINT `session_org` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`) ON DELETE CASCADE
) ENGINE = InnoDB;
