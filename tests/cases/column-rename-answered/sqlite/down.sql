-- Proven on a copy of the database: up, down and up again.

-- Rename `session.outline` to `plan`.
ALTER TABLE "session" RENAME COLUMN "outline" TO "plan";
