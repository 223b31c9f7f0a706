-- Drop the index `place_at` of `place`.
ALTER TABLE `place` DROP INDEX `place_at`;
