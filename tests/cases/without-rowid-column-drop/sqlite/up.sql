-- Proven on a copy of the database: up, down and up again.

-- Drop `setting.note`.
ALTER TABLE "setting" DROP COLUMN "note";
