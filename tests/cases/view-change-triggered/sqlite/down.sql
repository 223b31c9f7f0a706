-- Proven on a copy of the database: up, down and up again.

-- Drop the view `active`.
DROP VIEW "active";

-- View `active`.
CREATE VIEW "active" AS
SELECT id, title FROM session;

-- Trigger `active_insert`, as it was.
CREATE TRIGGER active_insert INSTEAD OF INSERT ON active BEGIN INSERT INTO session (id, title) VALUES (NEW.id, NEW.title); END;
