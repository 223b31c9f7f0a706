-- Drop the constraint `session_email_n_key` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_email_n_key";

-- No two rows of `session` may share `email`.
ALTER TABLE "session" ADD CONSTRAINT "session_email_key" UNIQUE ("email");
