-- A value that does not fit is an error, whatever the server is set to.
SET @glowplug_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), 'NO_BACKSLASH_ESCAPES', '');

-- `bill` is new.
CREATE TABLE `bill` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `org_id` INT UNSIGNED NOT NULL COMMENT 'it''s theirs; a \\ b',
    `sum` DECIMAL(12,2) UNSIGNED NOT NULL,
    `paid` BOOLEAN NOT NULL DEFAULT false,
    `at` DATETIME(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE CURRENT_TIMESTAMP(3),
    `note` MEDIUMTEXT,
    `raw` JSON,
    `kind` ENUM('big', 'small') NOT NULL DEFAULT 'small',
    PRIMARY KEY (`id`),
    INDEX `bill_at` (`at` DESC, `sum`),
    FULLTEXT INDEX `bill_note` (`note`),
    CONSTRAINT `sum_positive` CHECK (sum > 0),
    CONSTRAINT `bill_org_id_fkey` FOREIGN KEY (`org_id`) REFERENCES `org` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE = InnoDB DEFAULT COLLATE = utf8mb4_bin ROW_FORMAT = COMPACT COMMENT = 'what is owed';

-- The mode of the session as it was.
SET SESSION sql_mode = @glowplug_sql_mode;
