-- Drop the constraint `email_shape` of the domain `email`.
ALTER DOMAIN "email" DROP CONSTRAINT "email_shape";

-- The default of the domain `email`.
ALTER DOMAIN "email" SET DEFAULT lower('NOBODY@example.org');

-- No value of the domain `email` may be NULL.
ALTER DOMAIN "email" SET NOT NULL;

-- Every value of the domain `email` must satisfy this.
ALTER DOMAIN "email" ADD CONSTRAINT "email_check" CHECK (length(VALUE) BETWEEN 3 AND 80);

-- Every value of the domain `email` must satisfy this.
ALTER DOMAIN "email" ADD CONSTRAINT "email_known" CHECK (VALUE <> 'x@y') NOT VALID;
