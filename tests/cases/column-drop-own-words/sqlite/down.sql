-- Proven on a copy of the database: up, down and up again.

-- Add `session.org_id`.
ALTER TABLE "session" ADD COLUMN org_id INTEGER REFERENCES org ON DELETE CASCADE;

-- Add `session.kind`.
ALTER TABLE "session" ADD COLUMN kind TEXT COLLATE nocase DEFAULT 'x';

-- Add `session.size`.
ALTER TABLE "session" ADD COLUMN size INTEGER AS (length(title)) VIRTUAL;
