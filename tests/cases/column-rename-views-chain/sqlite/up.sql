-- Proven on a copy of the database: up, down and up again.

-- Rename `session.plan` to `tariff`.
ALTER TABLE "session" RENAME COLUMN "plan" TO "tariff";
