-- Drop `badge`.
DROP TABLE `badge`;

-- Drop `membership`.
DROP TABLE `membership`;
