-- Drop the index `diary_felt_idx` of `diary`.
DROP INDEX "diary_felt_idx";

-- Drop the index `by_text` of `diary`.
DROP INDEX "by_text";

-- Drop the constraint `not_both` of `diary`.
ALTER TABLE "diary" DROP CONSTRAINT "not_both";

-- `mood` changes: PostgreSQL drops no label, so a new type takes its place.
ALTER TYPE "mood" RENAME TO "__glowplug_old_mood";

-- The type `mood` anew.
CREATE TYPE "mood" AS ENUM (
    'ok',
    'happy'
);

-- `diary.felt` takes the new type; fails on a label that it has not.
ALTER TABLE "diary"
    ALTER COLUMN "felt" DROP DEFAULT,
    ALTER COLUMN "felt" TYPE "mood" USING "felt"::text::"mood",
    ALTER COLUMN "felt" SET DEFAULT 'ok';

-- `diary.every` takes the new type; fails on a label that it has not.
ALTER TABLE "diary"
    ALTER COLUMN "every" DROP DEFAULT,
    ALTER COLUMN "every" TYPE "mood"[] USING "every"::text[]::"mood"[];

-- No column has the old type any more.
DROP TYPE "__glowplug_old_mood";

-- Index `diary_felt_idx` of `diary`.
CREATE INDEX "diary_felt_idx" ON "diary" ("felt") WHERE felt = 'happy';

-- Index `by_text` of `diary`.
CREATE INDEX "by_text" ON "diary" (((felt = 'ok')));

-- The constraint `not_both` again.
ALTER TABLE "diary" ADD CONSTRAINT "not_both" CHECK (felt <> 'ok' OR every IS NULL OR felt = ANY (every));
