-- The default of `session.title`.
ALTER TABLE "session" ALTER COLUMN "title" SET DEFAULT 'untitled';
