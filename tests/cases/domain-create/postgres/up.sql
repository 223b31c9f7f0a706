-- The domain `email`.
CREATE DOMAIN "email" AS VARCHAR(80)
    NOT NULL
    CONSTRAINT "email_shape" CHECK (VALUE LIKE '%@%');

-- Add `person.email`.
ALTER TABLE "person" ADD COLUMN "email" email DEFAULT 'a@b' NOT NULL;

-- Rows to come say their `email` themselves.
ALTER TABLE "person" ALTER COLUMN "email" DROP DEFAULT;
