-- Add `session.size`.
ALTER TABLE "session" ADD COLUMN "size" INTEGER GENERATED ALWAYS AS (length(title)) STORED;
