-- The type of `person.email`.
ALTER TABLE "person" ALTER COLUMN "email" TYPE VARCHAR(80);

-- Drop the domain `email`.
DROP DOMAIN "email";
