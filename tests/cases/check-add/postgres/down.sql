-- Drop the constraint `person_age_check` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_age_check";

-- Drop the constraint `person_age` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_age";
