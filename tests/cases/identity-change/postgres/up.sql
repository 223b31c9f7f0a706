-- `session.id` may not be given a value.
ALTER TABLE "session" ALTER COLUMN "id" SET GENERATED ALWAYS;
