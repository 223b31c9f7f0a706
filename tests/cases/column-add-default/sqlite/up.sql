-- Proven on a copy of the database: up, down and up again.

-- Add `session.status`.
ALTER TABLE "session" ADD COLUMN "status" TEXT NOT NULL DEFAULT 'pending';

-- Add `session.retries`.
ALTER TABLE "session" ADD COLUMN "retries" INTEGER NOT NULL DEFAULT 0;

-- Add `session.ratio`.
ALTER TABLE "session" ADD COLUMN "ratio" DOUBLE NOT NULL DEFAULT -1.5;
