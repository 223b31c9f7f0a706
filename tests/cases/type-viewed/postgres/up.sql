-- The type of `session.n`.
ALTER TABLE "session" ALTER COLUMN "n" TYPE BIGINT;
