-- Drop `note`.
DROP TABLE `note`;
