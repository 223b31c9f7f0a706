-- Add `session.a`.
ALTER TABLE "session" ADD COLUMN "a" TEXT;

-- Add `session.b`.
ALTER TABLE "session" ADD COLUMN "b" INTEGER;

-- Add `session.c`.
ALTER TABLE "session" ADD COLUMN "c" BOOLEAN DEFAULT false NOT NULL;

-- Add `session.d`.
ALTER TABLE "session" ADD COLUMN "d" DOUBLE PRECISION;

-- Index `session_a_b` of `session`.
CREATE INDEX "session_a_b" ON "session" ("a", "b");
