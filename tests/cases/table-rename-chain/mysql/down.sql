-- Rename `beta` to `alpha`.
RENAME TABLE `beta` TO `alpha`;

-- Rename `gamma` to `beta`.
RENAME TABLE `gamma` TO `beta`;
