-- Drop the constraint `session_title_key` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_title_key";

-- Drop the constraint `session_title_check` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_title_check";

-- Drop the index `session_plan` of `session`.
DROP INDEX "session_plan";

-- The old default of `session.title` goes.
ALTER TABLE "session" ALTER COLUMN "title" DROP DEFAULT;
