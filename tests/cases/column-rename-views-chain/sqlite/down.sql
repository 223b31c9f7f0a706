-- Proven on a copy of the database: up, down and up again.

-- Rename `session.tariff` to `plan`.
ALTER TABLE "session" RENAME COLUMN "tariff" TO "plan";
