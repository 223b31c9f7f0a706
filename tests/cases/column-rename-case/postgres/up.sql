-- Rename `session.Title` to `title`.
ALTER TABLE "session" RENAME COLUMN "Title" TO "title";
