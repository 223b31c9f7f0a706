-- Drop the constraint `person_team` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_team";

-- Drop `team`.
DROP TABLE "team";

-- Drop `person`.
DROP TABLE "person";
