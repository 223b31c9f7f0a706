-- Rename `org` to `company`.
RENAME TABLE `org` TO `company`;
