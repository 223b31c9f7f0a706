-- Rename `company` to `org`.
RENAME TABLE `company` TO `org`;
