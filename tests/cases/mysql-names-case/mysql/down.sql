-- Drop `Item`.
DROP TABLE `Item`;
