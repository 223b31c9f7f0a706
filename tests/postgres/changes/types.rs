//! Other types below views, expressions and references.

use super::Change;

/// What the server writes with other casts, or none, for another type of the column.
const RESPELT: [(&str, &str, &str); 9] = [
    ("CREATE TABLE t (id int PRIMARY KEY, a varchar(10)); CREATE VIEW v AS SELECT id FROM t WHERE a = 'x';",
        "id: unassigned;", "id: unassigned; a: type \"text\";"),
    ("CREATE TABLE t (id int PRIMARY KEY, a int); CREATE VIEW v AS SELECT COALESCE(a, 0) AS a FROM t;
      CREATE VIEW w AS SELECT CASE WHEN a > 1 THEN a ELSE 0 END AS n FROM v; COMMENT ON VIEW w IS 'cc';",
        "a -> Nullable<Integer>", "a -> Nullable<BigInt>"),
    ("CREATE TABLE t (id int PRIMARY KEY, n int); CREATE VIEW v AS SELECT id FROM t WHERE n = 5;",
        "n -> Nullable<Integer>", "n -> Nullable<Numeric>"),
    ("CREATE TABLE t (id int PRIMARY KEY, a int); CREATE VIEW v AS SELECT id, a FROM t WHERE a > 1;
      CREATE RULE r AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (new.id, COALESCE(new.a, 1));
      COMMENT ON RULE r ON v IS 'rr';",
        "a -> Nullable<Integer>", "a -> Nullable<BigInt>"),
    ("CREATE TABLE t (id int PRIMARY KEY, a int); CREATE MATERIALIZED VIEW m AS SELECT id, COALESCE(a, 0) AS a FROM t;
      CREATE INDEX mi ON m (COALESCE(a, 3)) WHERE a > 1; COMMENT ON INDEX mi IS 'ii';",
        "a -> Nullable<Integer>", "a -> Nullable<BigInt>"),
    ("CREATE TABLE t (id int PRIMARY KEY, a int); CREATE INDEX i ON t (COALESCE(a, 0)); COMMENT ON INDEX i IS 'ii';
      CREATE INDEX p ON t (id) WHERE COALESCE(a, 0) < 5;",
        "a -> Nullable<Integer>", "a -> Nullable<BigInt>"),
    ("CREATE TABLE t (id int PRIMARY KEY, a int CONSTRAINT c CHECK (COALESCE(a, 0) < 5)); COMMENT ON CONSTRAINT c ON t IS 'cc';",
        "a -> Nullable<Integer>", "a -> Nullable<BigInt>"),
    ("CREATE TABLE t (id int PRIMARY KEY, a int, g int GENERATED ALWAYS AS (COALESCE(a, 0)) STORED);
      CREATE INDEX gi ON t (COALESCE(a, g));",
        "a -> Nullable<Integer>", "a -> Nullable<SmallInt>"),
    ("CREATE TABLE t (id int PRIMARY KEY, l varchar(9), k int); CREATE STATISTICS st ON (lower(l)), k FROM t;",
        "id: unassigned;", "id: unassigned; l: type \"text\";"),
];

#[test]
fn what_the_server_spells_otherwise_is_no_other_change() {
    for (setup, from, to) in RESPELT {
        if setup.contains("STATISTICS") && Change::on("SELECT 1").database.major() < 14 {
            continue;
        }
        let (_, lines) = Change::on(setup).edit(from, to).round();
        assert!(!lines.contains("COMMENT"), "{setup}\n{lines}");
    }
}

#[test]
fn both_ends_of_a_reference_change_their_type() {
    let text = "CREATE TABLE p (id text PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p_id text REFERENCES p);
        COMMENT ON CONSTRAINT c_p_id_fkey ON c IS 'ff';
        INSERT INTO p VALUES ('3f333df6-90a4-4fda-8dd3-9485d27cee36');
        INSERT INTO c VALUES (1, '3f333df6-90a4-4fda-8dd3-9485d27cee36');";
    let change = Change::on(text)
        .edit("id -> Text", "id -> Uuid")
        .edit("p_id -> Nullable<Text>", "p_id -> Nullable<Uuid>");
    let (_, lines) = change.round();
    assert!(!lines.contains("'ff'"), "{lines}");
    let int = "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p_id int REFERENCES p);
        INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1);";
    let change =
        Change::on(int).edit("p (id) {\n        id -> Integer", "p (id) {\n        id -> Text");
    change.edit("p_id -> Nullable<Integer>", "p_id -> Nullable<Text>").round();
    // An operator compares these all the way: the key stays.
    let change =
        Change::on(int).edit("p (id) {\n        id -> Integer", "p (id) {\n        id -> BigInt");
    let (up, _) = change.edit("p_id -> Nullable<Integer>", "p_id -> Nullable<BigInt>").round();
    assert!(!up.contains("CONSTRAINT"), "{up}");
}

#[test]
fn a_key_moves_and_its_column_may_be_null() {
    let setup = "CREATE TABLE t (a int, b int, c int NOT NULL UNIQUE, PRIMARY KEY (a, b)); INSERT INTO t VALUES (1, 2, 3);";
    let change =
        Change::on(setup).edit("t (a, b)", "t (c)").edit("b -> Integer", "b -> Nullable<Integer>");
    change.round();
    let setup = "CREATE TABLE t (id int PRIMARY KEY, n text); INSERT INTO t VALUES (1, 'x');";
    let change = Change::on(setup).edit("t (id)", "t (n)").edit("        id -> Integer,\n", "");
    let mut change = change.edit("n -> Nullable<Text>", "n -> Text").edit("id: unassigned;", "");
    change.answers.down_fills.push(("t.id".to_owned(), "1".to_owned()));
    change.round();
}

/// On a column that is no key any more it says nothing: any other column is unassigned, too.
#[test]
fn unassigned_may_stay_behind_on_a_former_key() {
    let setup = "CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL); INSERT INTO t VALUES (1, 2);";
    Change::on(setup)
        .edit("t (id)", "t (n)")
        .edit("id: unassigned;", "id: unassigned; n: unassigned;")
        .round();
}
