-- Drop `ticket`.
DROP TABLE `ticket`;

-- Drop `country`.
DROP TABLE `country`;
