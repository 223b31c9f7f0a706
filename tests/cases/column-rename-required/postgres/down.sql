-- `session.outline` may be NULL.
ALTER TABLE "session" ALTER COLUMN "outline" DROP NOT NULL;

-- Rename `session.outline` to `plan`.
ALTER TABLE "session" RENAME COLUMN "outline" TO "plan";
