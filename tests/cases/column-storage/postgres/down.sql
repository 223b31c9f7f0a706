-- How long values of `session.email` are kept.
ALTER TABLE "session" ALTER COLUMN "email" SET STORAGE EXTENDED;
