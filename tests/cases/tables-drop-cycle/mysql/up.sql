-- Drop the foreign key `person_team` of `person`.
ALTER TABLE `person` DROP FOREIGN KEY `person_team`;

-- Drop `team`.
DROP TABLE `team`;

-- Drop `person`.
DROP TABLE `person`;
