-- Rename `Org` to `org`.
RENAME TABLE `Org` TO `org`;
