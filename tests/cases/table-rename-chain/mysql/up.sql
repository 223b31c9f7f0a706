-- Rename `beta` to `gamma`.
RENAME TABLE `beta` TO `gamma`;

-- Rename `alpha` to `beta`.
RENAME TABLE `alpha` TO `beta`;
