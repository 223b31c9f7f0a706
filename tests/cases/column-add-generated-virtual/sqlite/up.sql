-- Proven on a copy of the database: up, down and up again.

-- Add `session.size`.
ALTER TABLE "session" ADD COLUMN "size" INTEGER GENERATED ALWAYS AS (length(title)) VIRTUAL;
