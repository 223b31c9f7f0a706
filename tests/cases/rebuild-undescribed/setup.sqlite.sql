CREATE INDEX "a b" ON session (title COLLATE NOCASE DESC) WHERE id > 0;
CREATE UNIQUE INDEX session_expr ON session (lower(title), id);
