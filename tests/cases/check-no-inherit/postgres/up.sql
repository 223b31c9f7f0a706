-- Drop the constraint `positive` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "positive";

-- Every row of `session` must satisfy this.
ALTER TABLE "session" ADD CONSTRAINT "positive" CHECK (n > 0) NO INHERIT;
