-- Proven on a copy of the database: up, down and up again.

-- Add `setting.note`.
ALTER TABLE "setting" ADD COLUMN "note" TEXT;
