-- Drop the check `person_age` of `person`. Every row of `person` must satisfy this.
ALTER TABLE `person`
    DROP CONSTRAINT `person_age`,
    ADD CONSTRAINT `person_age` CHECK (age >= 0);
