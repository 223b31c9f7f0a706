-- Drop the constraint `session_email_key` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_email_key";

-- Drop the constraint `once` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "once";

-- No two rows of `session` may share `email`.
ALTER TABLE "session" ADD CONSTRAINT "session_email_key" UNIQUE ("email") DEFERRABLE INITIALLY DEFERRED;

-- No two rows of `session` may share `n`.
ALTER TABLE "session" ADD CONSTRAINT "once" UNIQUE ("n");
