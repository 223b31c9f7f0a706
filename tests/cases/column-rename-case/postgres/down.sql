-- Rename `session.title` to `Title`.
ALTER TABLE "session" RENAME COLUMN "title" TO "Title";
