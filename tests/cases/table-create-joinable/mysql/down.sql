-- Drop `visit`.
DROP TABLE `visit`;
