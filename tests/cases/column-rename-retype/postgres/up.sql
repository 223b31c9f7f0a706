-- Rename `session.plan` to `priority`.
ALTER TABLE "session" RENAME COLUMN "plan" TO "priority";

-- The type of `session.priority`.
ALTER TABLE "session" ALTER COLUMN "priority" TYPE INTEGER USING "priority"::INTEGER;
