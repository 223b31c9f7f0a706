-- Add `session.retries`.
ALTER TABLE "session" ADD COLUMN "retries" INTEGER;

-- Every row of `session` must satisfy this.
ALTER TABLE "session" ADD CONSTRAINT "retries_positive" CHECK (retries > 0);
