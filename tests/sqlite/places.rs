//! Views and triggers that take the columns of a table by their places, tables and views that take each
//! other's place, and names that are taken.

use super::standing::{change, pulled};

const TABLES: &str = "\
    CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, p TEXT, q TEXT);
    CREATE TABLE log (a, b, c);
    INSERT INTO t VALUES (1, 'p', 'q');
";

/// One column goes and another one comes: as many as before, and SQLite says nothing.
const P: &str = "        p -> Nullable<Text>,\n";
const Z: &str = "        z -> Nullable<Text>,\n";
const B: &str = "        b -> Nullable<Text>,\n";

const LOG: &str = "trigger `g` of `log`: it takes the columns of `t` by their places";

/// What stands around the table, the column that comes, and what is refused.
const BY_PLACE: [(&str, &str, &str); 20] = [
    (
        "CREATE VIEW v (i, p, q) AS SELECT * FROM t;",
        Z,
        "view `v`: it takes the columns of `t` by their places",
    ),
    (
        "CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w (i, a, b) AS SELECT v.* FROM v;",
        Z,
        "view `w`: it takes the columns of `v` by their places",
    ),
    (
        "CREATE VIEW v AS SELECT a, b, c FROM log UNION ALL SELECT * FROM t;",
        Z,
        "view `v`: it takes the columns of `t` by their places",
    ),
    (
        "CREATE VIEW v AS WITH c (x, y, z) AS (SELECT * FROM t) SELECT x, y FROM c;",
        Z,
        "view `v`: it takes the columns of `t` by their places",
    ),
    (
        "CREATE TRIGGER g AFTER INSERT ON log BEGIN \
         DELETE FROM log; REPLACE INTO T VALUES (new.a, new.b, new.c); END;",
        Z,
        LOG,
    ),
    ("CREATE TRIGGER g AFTER INSERT ON log BEGIN INSERT INTO log SELECT * FROM t; END;", Z, LOG),
    (
        "CREATE VIEW v AS SELECT a FROM log NATURAL JOIN t;",
        B,
        "view `v`: it joins `t` and `log` by all names that both have",
    ),
    (
        "CREATE VIEW v AS SELECT * FROM t ORDER BY id, 2 LIMIT 1;",
        Z,
        "view `v`: it takes the columns of `t` by their places",
    ),
    (
        "CREATE TRIGGER g AFTER INSERT ON log \
         WHEN (new.a, new.b, new.c) IN (SELECT * FROM t) BEGIN DELETE FROM log; END;",
        Z,
        LOG,
    ),
    (
        "CREATE TRIGGER g AFTER INSERT ON log WHEN (1, 2, 3) IN t BEGIN DELETE FROM log; END;",
        Z,
        LOG,
    ),
    (
        "CREATE VIEW v AS SELECT 1, (SELECT * FROM t) > (1, 2, 3) AS x;",
        Z,
        "view `v`: it takes the columns of `t` by their places",
    ),
    (
        "CREATE VIEW v AS SELECT 1 WHERE ((SELECT * FROM t) = (1, 'p', 'q'));",
        Z,
        "view `v`: it takes the columns of `t` by their places",
    ),
    ("CREATE VIEW v AS SELECT q FROM log, (SELECT * FROM t);", Z, ""),
    ("CREATE VIEW v AS SELECT q FROM log JOIN log AS o ON o.a = log.a, (SELECT * FROM t);", Z, ""),
    ("CREATE VIEW v AS SELECT q FROM (log, (SELECT * FROM t));", Z, ""),
    ("CREATE VIEW v AS SELECT * FROM t ORDER BY q, coalesce(q, 2) LIMIT 1;", Z, ""),
    // Names are named, or their places do not count.
    ("CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT q, count(*) FROM v;", Z, ""),
    ("CREATE VIEW v AS WITH c AS (SELECT * FROM t) SELECT q * 2 AS r FROM c;", Z, ""),
    (
        "CREATE TRIGGER g AFTER INSERT ON log WHEN EXISTS (SELECT * FROM t) BEGIN \
         INSERT INTO t (id, q) VALUES (new.a, new.b); INSERT INTO log VALUES (1, 2, 3); END;",
        Z,
        "",
    ),
    ("CREATE VIEW v AS SELECT a FROM log NATURAL JOIN t;", Z, ""),
];

#[test]
fn what_takes_columns_by_their_places_is_named() {
    for (around, to, why) in BY_PLACE {
        for flags in ["", " --unproven"] {
            let project = pulled(&format!("{TABLES}{around}"));
            change(&project, P, to);
            let before = project.contents();
            let run = project.run(&format!("create --name x --allow all --no-renames{flags}"));
            if why.is_empty() {
                run.exit(0);
            } else {
                run.exit(4)
                    .stderr_has(&format!("error: up.sql breaks {why}"))
                    .stderr_has("; write the names of the columns in it first\n");
                assert_eq!(project.contents(), before, "{around}");
            }
        }
    }
}

const CATALOG: &str = "SELECT type, name, tbl_name, sql FROM sqlite_schema \
    WHERE tbl_name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY type, name;";

const U: &str = "diesel::table! {
    u (id) {
        id -> Integer,
        x -> Nullable<Text>,
    }
}
";

#[test]
fn a_view_takes_the_place_of_a_table() {
    let project = pulled(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); \
         CREATE TABLE u (id INTEGER PRIMARY KEY, x TEXT); \
         CREATE TRIGGER g AFTER INSERT ON u BEGIN DELETE FROM t; END; \
         INSERT INTO u VALUES (1, 'a'); INSERT INTO t VALUES (2, 'b');",
    );
    change(&project, U, "");
    change(&project, "    table u {}", "    view u \"SELECT id, x FROM t\";");
    change(&project, "    u,\n", "");
    let before = project.sqlite("app.sqlite", CATALOG);
    project
        .run("create")
        .exit(4)
        .stderr_has("drops table `u` with the trigger `g`, 1 row")
        .stderr_has("--allow drop-table");
    project.run("create --allow drop-table").exit(0).stderr_has("- table u\n+ view u\n");
    project.run("migrate").exit(0);
    assert_eq!(project.sqlite("app.sqlite", "SELECT * FROM u;"), "2|b\n");
    project.run("create").exit(0).stderr_has("No changes detected");
    project.run("revert --yes").exit(0);
    assert_eq!(project.sqlite("app.sqlite", CATALOG), before);
}

#[test]
fn a_table_takes_the_place_of_a_view() {
    let project = pulled(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); CREATE VIEW u AS SELECT id, x FROM t; \
         CREATE TRIGGER g INSTEAD OF INSERT ON u BEGIN DELETE FROM t; END;",
    );
    change(&project, "    view u \"SELECT id, x FROM t\";", "");
    project.write("schema.rs", format!("{}{U}", project.read("schema.rs")));
    // Without a block it describes the view that is there.
    project.run("create").exit(0).stderr("No changes detected\n");
    project.write(
        "schema.rs",
        format!("{}glowplug::ddl! {{ table u {{}} }}", project.read("schema.rs")),
    );
    let before = project.sqlite("app.sqlite", CATALOG);
    project.run("create").exit(4).stderr_has("drops view `u` with the trigger `g`");
    project.run("create --allow drop-view").exit(0).stderr_has("+ table u\n- view u\n");
    project.run("migrate").exit(0);
    project.sqlite("app.sqlite", "INSERT INTO u VALUES (7, 'own');");
    assert_eq!(
        project.sqlite("app.sqlite", "SELECT type FROM sqlite_schema WHERE name = 'u'"),
        "table\n"
    );
    project.run("create").exit(0).stderr("No changes detected\n");
    project.run("revert --yes").exit(0);
    assert_eq!(project.sqlite("app.sqlite", CATALOG), before);
}

#[test]
fn a_rebuild_takes_a_name_that_is_free() {
    let project = pulled(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT); INSERT INTO t VALUES (7, 'a'); \
         CREATE TABLE __glowplug_new_t (a); INSERT INTO __glowplug_new_t VALUES (9); \
         CREATE TABLE __GLOWPLUG_new_T_2 (a);",
    );
    change(&project, "x -> Nullable<Text>", "x -> Text");
    let all =
        "SELECT * FROM t; SELECT * FROM __glowplug_new_t; SELECT name, seq FROM sqlite_sequence;";
    let before = project.sqlite("app.sqlite", all);
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    assert_eq!(project.sqlite("app.sqlite", all), before);
    assert_eq!(before, "7|a\n9\nt|7\n");
    project.sqlite("app.sqlite", "INSERT INTO t (x) VALUES ('b'); DELETE FROM t WHERE id = 8;");
    project.run("revert --yes").exit(0);
    assert_eq!(project.sqlite("app.sqlite", "SELECT seq FROM sqlite_sequence"), "8\n");
}
