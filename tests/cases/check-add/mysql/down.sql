-- Drop the check `person_age_check` of `person`. Drop the check `person_age` of `person`.
ALTER TABLE `person`
    DROP CONSTRAINT `person_age_check`,
    DROP CONSTRAINT `person_age`,
    ALGORITHM = INSTANT;
