-- `mood` changes: PostgreSQL drops no label, so a new type takes its place.
ALTER TYPE "mood" RENAME TO "__glowplug_old_mood";

-- The type `mood` anew.
CREATE TYPE "mood" AS ENUM (
    'sad',
    'ok',
    'happy'
);

-- `diary.felt` takes the new type; fails on a label that it has not.
ALTER TABLE "diary"
    ALTER COLUMN "felt" DROP DEFAULT,
    ALTER COLUMN "felt" TYPE "mood" USING "felt"::text::"mood",
    ALTER COLUMN "felt" SET DEFAULT 'ok';

-- No column has the old type any more.
DROP TYPE "__glowplug_old_mood";
