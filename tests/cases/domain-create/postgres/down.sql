-- Drop `person.email`.
ALTER TABLE "person" DROP COLUMN "email";

-- Drop the domain `email`.
DROP DOMAIN "email";
