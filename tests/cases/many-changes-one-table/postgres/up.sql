-- Rename `session.plan` to `outline`.
ALTER TABLE "session" RENAME COLUMN "plan" TO "outline";

-- Drop the constraint `session_title_check` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_title_check";

-- Drop the index `session_plan` of `session`.
DROP INDEX "session_plan";

-- Add `session.owner`.
ALTER TABLE "session" ADD COLUMN "owner" TEXT;

-- The default of `session.title`.
ALTER TABLE "session" ALTER COLUMN "title" SET DEFAULT 'new';

-- What the rows without a `outline` receive.
UPDATE "session" SET "outline" = '-' WHERE "outline" IS NULL;

-- `session.outline` holds no NULL.
ALTER TABLE "session" ALTER COLUMN "outline" SET NOT NULL;

-- The type of `session.score`.
ALTER TABLE "session" ALTER COLUMN "score" TYPE INTEGER USING "score"::INTEGER;

-- Drop `session.old`.
ALTER TABLE "session" DROP COLUMN "old";

-- No two rows of `session` may share `title`, `score`.
ALTER TABLE "session" ADD CONSTRAINT "session_title_score_key" UNIQUE ("title", "score");

-- Every row of `session` must satisfy this.
ALTER TABLE "session" ADD CONSTRAINT "session_title_check" CHECK (title <> '-');

-- Index `session_outline` of `session`.
CREATE INDEX "session_outline" ON "session" ("outline" DESC);
