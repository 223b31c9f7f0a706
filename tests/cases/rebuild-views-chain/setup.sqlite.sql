CREATE VIEW a AS SELECT id, plan FROM session;
CREATE VIEW b AS SELECT plan, count(*) AS many FROM a GROUP BY plan;
CREATE VIEW c AS SELECT max(many) AS most FROM b JOIN a ON a.plan = b.plan;
CREATE TRIGGER c_insert INSTEAD OF INSERT ON c BEGIN DELETE FROM session WHERE id > NEW.most; END;
