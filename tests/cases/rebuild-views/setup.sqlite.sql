CREATE VIEW session_titles AS SELECT id, title FROM session;
CREATE VIEW "titles of titles" AS SELECT upper(title) AS loud FROM session_titles WHERE id IN (SELECT id FROM main.session);
CREATE TRIGGER session_titles_insert INSTEAD OF INSERT ON session_titles BEGIN INSERT INTO session (title, plan) VALUES (NEW.title, '-'); END;
