CREATE VIEW renamed ("the id", plan) AS SELECT id, upper(plan) FROM session;
CREATE VIEW "of it" AS WITH deep (x) AS (SELECT "the id" FROM renamed) SELECT sum(x) AS s FROM deep;
