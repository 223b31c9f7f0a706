-- Drop the index `session_sum` of `session`.
DROP INDEX "session_sum";

-- Drop the constraint `session_twice` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_twice";

-- Drop the constraint `session_small` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_small";

-- `session.twice` is computed from what changes: it is made anew.
ALTER TABLE "session" DROP COLUMN "twice";

-- `session.sum` is computed from what changes: it is made anew.
ALTER TABLE "session" DROP COLUMN "sum";

-- The type of `session.n`.
ALTER TABLE "session" ALTER COLUMN "n" TYPE BIGINT;

-- Add `session.twice`.
ALTER TABLE "session" ADD COLUMN "twice" INTEGER GENERATED ALWAYS AS (n * 2) STORED;

-- What `session.twice` is.
COMMENT ON COLUMN "session"."twice" IS 'two of them';

-- Add `session.sum`.
ALTER TABLE "session" ADD COLUMN "sum" BIGINT GENERATED ALWAYS AS (n + m) STORED;

-- Index `session_sum` of `session`.
CREATE INDEX "session_sum" ON "session" ("sum" DESC, "m") WHERE twice > 0;

-- The constraint `session_twice` again.
ALTER TABLE "session" ADD CONSTRAINT "session_twice" UNIQUE ("twice");

-- The constraint `session_small` again.
ALTER TABLE "session" ADD CONSTRAINT "session_small" CHECK (twice < 1000 AND n < 500);

-- Drop the index `session_sum` of `session`.
DROP INDEX "session_sum";

-- `session.sum` is computed from what changes: it is made anew.
ALTER TABLE "session" DROP COLUMN "sum";

-- The type of `session.m`.
ALTER TABLE "session" ALTER COLUMN "m" TYPE BIGINT;

-- Add `session.sum`.
ALTER TABLE "session" ADD COLUMN "sum" BIGINT GENERATED ALWAYS AS (n + m) STORED;

-- Index `session_sum` of `session`.
CREATE INDEX "session_sum" ON "session" ("sum" DESC, "m") WHERE twice > 0;
