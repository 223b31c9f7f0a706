-- `session.title` may be NULL.
ALTER TABLE "session" ALTER COLUMN "title" DROP NOT NULL;
