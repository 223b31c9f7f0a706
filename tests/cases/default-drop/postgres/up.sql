-- The old default of `session.title` goes.
ALTER TABLE "session" ALTER COLUMN "title" DROP DEFAULT;
