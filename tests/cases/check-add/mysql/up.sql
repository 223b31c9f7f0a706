-- Every row of `person` must satisfy this. Every row of `person` must satisfy this.
ALTER TABLE `person`
    ADD CONSTRAINT `person_age` CHECK (age >= 0),
    ADD CONSTRAINT `person_age_check` CHECK (age < 200);
