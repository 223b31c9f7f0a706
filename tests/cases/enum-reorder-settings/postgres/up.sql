-- `mood` changes: PostgreSQL drops no label, so a new type takes its place.
ALTER TYPE "mood" RENAME TO "__glowplug_old_mood";

-- The type `mood` anew.
CREATE TYPE "mood" AS ENUM (
    'happy',
    'ok',
    'sad'
);

-- `session.mood` takes the new type; fails on a label that it has not.
ALTER TABLE "session"
    ALTER COLUMN "mood" DROP DEFAULT,
    ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood";

-- No column has the old type any more.
DROP TYPE "__glowplug_old_mood";
