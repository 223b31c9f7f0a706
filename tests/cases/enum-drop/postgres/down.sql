-- The type `mood`.
CREATE TYPE "mood" AS ENUM (
    'sad',
    'ok',
    'happy'
);

-- Add `diary.felt`.
ALTER TABLE "diary" ADD COLUMN "felt" mood DEFAULT 'ok' NOT NULL;
