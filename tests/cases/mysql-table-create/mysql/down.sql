-- Drop `bill`.
DROP TABLE `bill`;
