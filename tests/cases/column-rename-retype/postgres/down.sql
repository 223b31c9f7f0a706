-- The type of `session.priority`.
ALTER TABLE "session" ALTER COLUMN "priority" TYPE TEXT;

-- Rename `session.priority` to `plan`.
ALTER TABLE "session" RENAME COLUMN "priority" TO "plan";
