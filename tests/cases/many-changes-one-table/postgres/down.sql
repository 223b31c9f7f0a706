-- Drop the index `session_outline` of `session`.
DROP INDEX "session_outline";

-- Drop the constraint `session_title_check` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_title_check";

-- Drop the constraint `session_title_score_key` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_title_score_key";

-- Add `session.old`.
ALTER TABLE "session" ADD COLUMN "old" TEXT;

-- The type of `session.score`.
ALTER TABLE "session" ALTER COLUMN "score" TYPE TEXT;

-- `session.outline` may be NULL.
ALTER TABLE "session" ALTER COLUMN "outline" DROP NOT NULL;

-- The old default of `session.title` goes.
ALTER TABLE "session" ALTER COLUMN "title" DROP DEFAULT;

-- Drop `session.owner`.
ALTER TABLE "session" DROP COLUMN "owner";

-- Index `session_plan` of `session`.
CREATE INDEX "session_plan" ON "session" ("outline");

-- Every row of `session` must satisfy this.
ALTER TABLE "session" ADD CONSTRAINT "session_title_check" CHECK (title <> '');

-- Rename `session.outline` to `plan`.
ALTER TABLE "session" RENAME COLUMN "outline" TO "plan";
