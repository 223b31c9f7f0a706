-- Drop the constraint `person_age` of `person`.
ALTER TABLE "person" DROP CONSTRAINT "person_age";

-- Every row of `person` must satisfy this.
ALTER TABLE "person" ADD CONSTRAINT "person_age" CHECK (age >= 0);
