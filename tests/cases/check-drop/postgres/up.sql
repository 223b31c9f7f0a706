-- Drop the constraint `person_age` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_age";

-- Drop the constraint `person_check` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_check";
