-- The domain `email`.
CREATE DOMAIN "email" AS VARCHAR(80)
    NOT NULL
    CONSTRAINT "email_shape" CHECK (VALUE LIKE '%@%');

-- The type of `person.email`.
ALTER TABLE "person" ALTER COLUMN "email" TYPE email USING "email"::email;
