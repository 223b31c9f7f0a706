-- Drop `session`.
DROP TABLE `session`;
