-- Proven on a copy of the database: up, down and up again.

-- Drop `research_note`.
DROP TABLE "research_note";
