-- Every row of `person` must satisfy this. Every row of `person` must satisfy this.
ALTER TABLE `person`
    ADD CONSTRAINT `person_check` CHECK (name <> '' AND age < 200),
    ADD CONSTRAINT `person_age` CHECK (age >= 0);
