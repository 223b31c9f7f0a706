-- How long values of `session.email` are kept.
ALTER TABLE "session" ALTER COLUMN "email" SET STORAGE MAIN;

-- How long values of `session.email` are compressed.
ALTER TABLE "session" ALTER COLUMN "email" SET COMPRESSION default;
