-- Add `session.size`.
ALTER TABLE `session` ADD COLUMN `size` INT GENERATED ALWAYS AS (length(title)) STORED;
