-- Drop the constraint `session_code_key` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_code_key";

-- Drop `session.code`.
ALTER TABLE "session" DROP COLUMN "code";
