//! Who may do what with an object that is made anew: exactly who might before.

use super::{Change, roles};

const TABLE: &str = "CREATE ROLE glowplug_rp_a; CREATE ROLE glowplug_rp_b;
    CREATE TABLE t (id int PRIMARY KEY, a int, n text); CREATE VIEW v AS SELECT id, a FROM t;";

/// What is done to the view before the column that it stands on changes its type.
const OF_VIEWS: [&str; 7] = [
    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO glowplug_rp_a;",
    "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO glowplug_rp_a;
     GRANT INSERT ON v TO glowplug_rp_b; GRANT SELECT (a) ON v TO glowplug_rp_a;",
    "REVOKE ALL ON v FROM CURRENT_USER;",
    "REVOKE INSERT ON v FROM CURRENT_USER; GRANT SELECT ON v TO PUBLIC;",
    "GRANT SELECT ON v TO glowplug_rp_a; REVOKE SELECT ON v FROM glowplug_rp_a;",
    "GRANT SELECT ON v TO glowplug_rp_a WITH GRANT OPTION; SET ROLE glowplug_rp_a;
     GRANT SELECT ON v TO glowplug_rp_b; RESET ROLE;",
    "GRANT SELECT ON v TO glowplug_rp_b; GRANT UPDATE, SELECT ON v TO glowplug_rp_a;
     GRANT UPDATE ON v TO glowplug_rp_b;",
];

#[test]
fn a_view_that_makes_room_has_the_privileges_that_it_had() {
    for setup in OF_VIEWS {
        for scratch in [false, true] {
            let change = Change::on(&roles(&format!("{TABLE} {setup}")));
            let change = change.edit("a -> Nullable<Integer>", "a -> Nullable<BigInt>");
            let change = if scratch { change.scratch() } else { change };
            let (_, lines) = change.round();
            assert!(!lines.contains("GRANT") && !lines.contains("REVOKE"), "{setup}\n{lines}");
        }
    }
}

/// A table and a type that come back on the way down.
#[test]
fn what_comes_back_has_the_privileges_that_it_had() {
    let setup =
        "CREATE ROLE glowplug_rp_a; CREATE ROLE glowplug_rp_b; CREATE TYPE mood AS ENUM ('a', 'b');
        CREATE TABLE kept (id int PRIMARY KEY, m mood);
        ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO glowplug_rp_a;
        ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO glowplug_rp_a;
        CREATE TABLE u (id serial PRIMARY KEY, n int);
        REVOKE ALL ON u FROM glowplug_rp_a; GRANT SELECT (n) ON u TO glowplug_rp_b;
        REVOKE INSERT ON u FROM CURRENT_USER; REVOKE ALL ON SEQUENCE u_id_seq FROM glowplug_rp_a;
        GRANT USAGE ON TYPE mood TO PUBLIC; REVOKE USAGE ON TYPE mood FROM CURRENT_USER;";
    for scratch in [false, true] {
        let mut change = Change::on(&roles(setup)).edit("\"a\", \"b\"", "\"b\", \"a\"").drop("u");
        let table = change.models.find("diesel::table! {\n    u (id)").unwrap();
        change.models.truncate(table);
        if scratch {
            change = change.scratch();
        }
        change.round();
    }
}

/// What the planner is told of a view, and what is said of its triggers.
#[test]
fn a_view_keeps_its_statistics_and_comments() {
    let setup = "CREATE TABLE t (id int PRIMARY KEY, a int, b int);
        CREATE MATERIALIZED VIEW m AS SELECT id, a, b FROM t; ALTER MATERIALIZED VIEW m ALTER b SET STATISTICS 9;
        CREATE STATISTICS st (dependencies) ON a, b FROM m; ALTER STATISTICS st SET STATISTICS 7;
        COMMENT ON STATISTICS st IS 'cc';
        CREATE VIEW v AS SELECT id, a FROM t;
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER tr INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();
        COMMENT ON TRIGGER tr ON v IS 'tt';";
    for scratch in [false, true] {
        let change = Change::on(setup).edit("a -> Nullable<Integer>", "a -> Nullable<BigInt>");
        let change = if scratch { change.scratch() } else { change };
        let (_, lines) = change.round();
        for kept in ["STATISTICS 9", "STATISTICS 7", "'cc'", "'tt'"] {
            assert!(!lines.contains(kept), "{lines}");
        }
    }
}

/// A trigger, a policy or a partition of another table is none of the scratch schema's business.
#[test]
fn a_scratch_proof_runs_beside_what_no_model_says() {
    let setup =
        "CREATE TABLE t (id int PRIMARY KEY, a int); CREATE TABLE other (id int PRIMARY KEY);
        CREATE POLICY pp ON other USING (true);
        CREATE TABLE p (id int PRIMARY KEY) PARTITION BY RANGE (id);
        CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (5);
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();";
    let change =
        Change::on(setup).edit("a -> Nullable<Integer>", "a -> Nullable<BigInt>").scratch();
    change.round();
}
