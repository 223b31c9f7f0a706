-- Rename `org` to `Org`.
RENAME TABLE `org` TO `Org`;
