-- Add `session.status`.
ALTER TABLE "session" ADD COLUMN "status" TEXT DEFAULT 'pending' NOT NULL;

-- Add `session.retries`.
ALTER TABLE "session" ADD COLUMN "retries" INTEGER DEFAULT 0 NOT NULL;

-- Add `session.ratio`.
ALTER TABLE "session" ADD COLUMN "ratio" DOUBLE PRECISION DEFAULT -1.5 NOT NULL;
