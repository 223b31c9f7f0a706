-- Add `session.code`.
ALTER TABLE "session" ADD COLUMN "code" TEXT;

-- No two rows of `session` may share `code`.
ALTER TABLE "session" ADD CONSTRAINT "session_code_key" UNIQUE ("code");
