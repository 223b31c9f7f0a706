CREATE VIEW a AS SELECT session.id FROM session JOIN (SELECT 1 AS one) ON one = 1;
CREATE VIEW b AS SELECT count(*) AS n FROM a;
