CREATE VIEW a AS SELECT id, plan AS p FROM session;
CREATE VIEW b AS SELECT count(p) AS many FROM a;
