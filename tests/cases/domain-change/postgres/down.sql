-- Drop the constraint `email_check` of the domain `email`.
ALTER DOMAIN "email" DROP CONSTRAINT "email_check";

-- Drop the constraint `email_known` of the domain `email`.
ALTER DOMAIN "email" DROP CONSTRAINT "email_known";

-- The default of the domain `email`.
ALTER DOMAIN "email" SET DEFAULT 'none@example.org';

-- A value of the domain `email` may be NULL.
ALTER DOMAIN "email" DROP NOT NULL;

-- Every value of the domain `email` must satisfy this.
ALTER DOMAIN "email" ADD CONSTRAINT "email_shape" CHECK (VALUE LIKE '%@%');
