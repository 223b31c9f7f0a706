-- View `named`.
CREATE VIEW `named` AS
SELECT id, title FROM session WHERE id > 0;
