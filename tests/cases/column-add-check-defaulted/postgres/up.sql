-- Add `session.retries`.
ALTER TABLE "session" ADD COLUMN "retries" INTEGER DEFAULT 1 NOT NULL;

-- Every row of `session` must satisfy this.
ALTER TABLE "session" ADD CONSTRAINT "session_retries_check" CHECK (retries > 0);
