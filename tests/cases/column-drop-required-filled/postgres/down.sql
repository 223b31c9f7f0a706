-- Add `session.weight`.
ALTER TABLE "session" ADD COLUMN "weight" INTEGER;

-- What the rows that are there receive in `weight`.
UPDATE "session" SET "weight" = length(title);

-- `session.weight` holds no NULL.
ALTER TABLE "session" ALTER COLUMN "weight" SET NOT NULL;

-- Every row of `session` must satisfy this.
ALTER TABLE "session" ADD CONSTRAINT "session_weight_check" CHECK (weight > 0);
