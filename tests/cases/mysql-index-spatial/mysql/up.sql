-- Index `place_at` of `place`.
ALTER TABLE `place` ADD SPATIAL INDEX `place_at` (`at`);
