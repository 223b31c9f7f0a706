-- Drop the check `person_age` of `person`. Drop the check `person_check` of `person`.
ALTER TABLE `person`
    DROP CONSTRAINT `person_age`,
    DROP CONSTRAINT `person_check`,
    ALGORITHM = INSTANT;
