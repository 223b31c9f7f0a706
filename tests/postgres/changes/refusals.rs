//! What stands in the way is named, and what only seemed to does not.

use super::{Change, roles};

const PARTED: &str = "CREATE TABLE p (id int PRIMARY KEY, n int) PARTITION BY RANGE (id);
    CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (5);";

#[track_caller]
fn refused(change: &Change, told: &str) {
    let before = change.lines();
    let error = change.plan().err().unwrap_or_else(|| panic!("not refused: {told}"));
    assert!(error.contains(told), "{error}");
    assert!(!error.contains("defect") && !error.contains("fails"), "{error}");
    assert_eq!(change.lines(), before);
}

/// What a partition has besides what its parent gave it.
#[test]
fn what_is_a_partitions_own_is_named() {
    let gone = |setup: &str| {
        let change = Change::on(&roles(&format!("{PARTED} {setup}")));
        change.edit("        n -> Nullable<Integer>,\n", "")
    };
    refused(&gone("CREATE INDEX own ON p1 (n)"), "index `own` of `p1`");
    let granted = "CREATE ROLE glowplug_rp_a; GRANT SELECT (n) ON p1 TO glowplug_rp_a";
    refused(&gone(granted), "grants `p1.n` of `p1`");
    let renamed = "CREATE INDEX pi ON p (n); ALTER INDEX p1_n_idx RENAME TO other";
    let renamed = Change::on(&format!("{PARTED} {renamed}")).edit("index pi (n);", "");
    refused(&renamed, "index `other` of `p1`");
    let viewed = Change::on(&format!("{PARTED} CREATE VIEW v AS SELECT n FROM p1"));
    let viewed = viewed.edit("n -> Nullable<Integer>", "n -> Nullable<BigInt>");
    refused(&viewed, "view v");
}

/// Setup, what changes, and what is named.
const IN_THE_WAY: [(&str, &str, &str, &str); 5] = [
    (
        "CREATE DOMAIN dm AS int CONSTRAINT c CHECK (VALUE > 0); CREATE TABLE t (id int PRIMARY KEY, da dm[]);",
        "VALUE > 0",
        "VALUE > 1",
        "column \"t.da\" uses it",
    ),
    (
        "CREATE TYPE addr AS (a int, b text); CREATE TABLE t (id int PRIMARY KEY, x addr DEFAULT ROW(1, 'q')::addr);",
        "b \"text\"",
        "b \"text\", c \"integer\"",
        "the default of `t.x` is of it",
    ),
    (
        "CREATE TABLE o (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY REFERENCES o); CREATE TABLE z (id int REFERENCES t);",
        "table o {",
        "table o { unlogged;",
        "could not change table",
    ),
    (
        "CREATE TABLE t (id int PRIMARY KEY, n int); CREATE PUBLICATION glowplug_pb FOR TABLE t;",
        "table t {",
        "table t { unlogged;",
        "table \"t\"",
    ),
    (
        "CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL); CREATE VIEW v AS SELECT id, n FROM t GROUP BY id;",
        "t (id)",
        "t (n)",
        "view v depends on constraint t_pkey",
    ),
];

#[test]
fn what_stands_in_the_way_is_named() {
    for (setup, from, to, told) in IN_THE_WAY {
        refused(&Change::on(setup).edit(from, to), told);
    }
}

#[test]
fn a_view_that_becomes_a_materialised_one_comes_back_whole() {
    let setup = "CREATE ROLE glowplug_rp_a; CREATE TABLE t (id int PRIMARY KEY);
        CREATE VIEW v AS SELECT id FROM t; COMMENT ON VIEW v IS 'cc'; GRANT SELECT ON v TO glowplug_rp_a;";
    Change::on(&roles(setup)).edit("    view v", "    materialized_view v").round();
}

/// A trigger that is off, or fires always, is so after rows were filled.
#[test]
fn a_fill_leaves_triggers_as_they_were() {
    let setup = "CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t VALUES (1, NULL);
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''it fired''; END';
        CREATE TRIGGER one BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TRIGGER two BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER two;
        CREATE TRIGGER six BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE t ENABLE ALWAYS TRIGGER six;";
    let mut change = Change::on(setup).edit("n -> Nullable<Integer>", "n -> Integer");
    change.answers.fills.push(("t.n".to_owned(), "7".to_owned()));
    change.round();
}
