-- Add `session.plan`. Every row of `session` must satisfy this.
ALTER TABLE `session`
    ADD COLUMN `plan` TEXT,
    ADD CONSTRAINT `plan_known` CHECK (plan <> '' OR title <> '');
