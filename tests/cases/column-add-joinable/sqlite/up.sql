-- Proven on a copy of the database: up, down and up again.

-- Add `session.org_id`.
ALTER TABLE "session" ADD COLUMN "org_id" INTEGER REFERENCES "org" ("id");
