-- Add `session.weight`.
ALTER TABLE "session" ADD COLUMN "weight" INTEGER;

-- What the rows that are there receive in `weight`.
UPDATE "session" SET "weight" = 0;

-- `session.weight` holds no NULL.
ALTER TABLE "session" ALTER COLUMN "weight" SET NOT NULL;
