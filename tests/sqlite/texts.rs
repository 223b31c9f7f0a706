//! Values and texts that are legal, and rarely thought of.

use super::standing::{change, pulled};
use crate::cli::project::Project;

/// Rows, the change, and what is refused.
const LOST: [(&str, &str, &str, &str); 5] = [
    (
        "CREATE TABLE t (id INTEGER PRIMARY KEY, x BIGINT); INSERT INTO t VALUES (1, 9e999), (2, -9e999);",
        "x -> Nullable<BigInt>",
        "x -> Nullable<Text>",
        "column `t.x`: down.sql would not bring back 2 of its values: -9.0e+999, 9.0e+999\n",
    ),
    (
        "CREATE TABLE t (id INT PRIMARY KEY, x TEXT); INSERT INTO t VALUES (NULL, 'a'), (NULL, 'b'), (3, 'c');",
        "id: unassigned;",
        "id: rowid;",
        "column `t.id`: down.sql would not bring back 2 of its values: NULL\n",
    ),
    // A text in a column of numbers, as another version of SQLite wrote it.
    (
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n BLOB, x TEXT); INSERT INTO t VALUES (1, '5' || char(0), 'a'); \
         PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'BLOB', 'BIGINT') WHERE name = 't';",
        "x -> Nullable<Text>",
        "x -> Text",
        "column `t.n`: SQLite makes others, where a table is built anew, of 1 of its values: '5\\u{0}'\n",
    ),
    // These stay what they are.
    (
        "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO t VALUES (1, 'a' || char(0) || 'b');",
        "x -> Nullable<Text>",
        "x -> Binary",
        "",
    ),
    (
        "CREATE TABLE t (id INT PRIMARY KEY, x TEXT); INSERT INTO t VALUES (NULL, 'a'), (NULL, 'b'), (3, 'c');",
        "t (id)",
        "t (id, x)",
        "",
    ),
];

#[test]
fn values_that_do_not_come_back_are_named() {
    for (sql, from, to, why) in LOST {
        let project = pulled(sql);
        change(&project, from, to);
        let rows = "SELECT quote(id), hex(x) FROM t ORDER BY rowid;";
        let before = project.sqlite("app.sqlite", rows);
        let run = project.run("create --no-renames");
        if why.is_empty() {
            run.exit(0);
            project.run("migrate").exit(0);
            project.run("revert --yes").exit(0);
        } else {
            run.exit(4).stderr_has(why).stderr_has("hint: write other values in their place first");
            assert!(project.migrations().is_empty());
        }
        assert_eq!(project.sqlite("app.sqlite", rows), before, "{sql}");
    }
}

#[test]
fn a_view_is_one_statement() {
    let project = pulled("CREATE TABLE t (id INTEGER PRIMARY KEY);");
    let models = project.read("schema.rs");
    let view = |sql: &str| format!("{models}glowplug::ddl! {{ view w \"{sql}\"; }}");
    project.write("schema.rs", view("SELECT 1; drop table t"));
    project
        .run("create")
        .exit(4)
        .stderr("error: view `w`: its SQL holds more than one statement; expected one SELECT\n");
    project.write("schema.rs", view("SELECT 'select 1; drop table t' AS \\\"a;b\\\";"));
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    assert_eq!(project.sqlite("app.sqlite", "SELECT * FROM w;"), "select 1; drop table t\n");
    project.run("create").exit(0).stderr("No changes detected\n");
}

/// As the text of a view, which SQLite takes from a file of another program.
#[test]
fn a_text_with_a_semicolon_in_double_quotes_is_no_second_statement() {
    let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
    let view = "CREATE VIEW w AS SELECT \"select 1; drop table t\"";
    project
        .sqlite("app.sqlite", &format!("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); {view};"));
    project.run("pull --output schema.rs").exit(0);
    project.run("diff --exit-code").exit(0).stdout("");
    change(&project, "x -> Nullable<Text>", "x -> Text");
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    let text = "SELECT sql FROM sqlite_schema WHERE name = 'w';";
    assert_eq!(project.sqlite("app.sqlite", text), format!("{view}\n"));
}

#[test]
fn a_name_that_a_text_in_double_quotes_has_is_refused() {
    for column in [
        "w TEXT, CHECK (x <> \"y\")",
        "w TEXT CHECK (w <> \"y\")",
        "w TEXT GENERATED ALWAYS AS (x || \"y\")",
    ] {
        let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
        project.sqlite(
            "app.sqlite",
            &format!("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT, {column});"),
        );
        project.run("pull --output schema.rs").exit(0);
        change(&project, "        x -> Nullable<Text>", "        y -> Nullable<Text>");
        let models = project.read("schema.rs");
        project.write("schema.rs", models.replace("\"x ", "\"y "));
        project
            .run("create --rename t.x=t.y")
            .exit(4)
            .stderr_has("error: table `t`: it holds the text \"y\" in double quotes")
            .stderr_has("hint: write it in single quotes first");
        assert!(project.migrations().is_empty());
    }
}

#[test]
fn a_comment_at_the_end_of_an_expression_ends_there() {
    let project =
        pulled("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO t VALUES (1, 'a');");
    change(
        &project,
        "        x -> Nullable<Text>,\n",
        "        x -> Nullable<Text>,\n        y -> Nullable<Text>,\n",
    );
    change(
        &project,
        "table t {}",
        "table t {
            x: default \"upper('--b') -- not yet\";
            y: generated \"x || 1 -- computed\" virtual;
            check \"x > '' -- something\";
            index i (\"x || 1 -- both\") where \"x > 'b' -- late\\n -- ones\";
        }",
    );
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    project.run("create").exit(0).stderr("No changes detected\n");
    let sql = project.sqlite("app.sqlite", "SELECT sql FROM sqlite_schema WHERE tbl_name = 't';");
    for part in
        ["DEFAULT (upper('--b'))", "AS (x || 1)", "CHECK (x > '')", "((x || 1)) WHERE x > 'b'"]
    {
        assert!(sql.contains(part), "{part} in {sql}");
    }
    project.run("revert --yes").exit(0);
}

#[test]
fn a_database_without_tables_is_compared_as_one() {
    let project = pulled("CREATE TABLE t (a); DROP TABLE t;");
    project.run("create").exit(0).stderr("No changes detected\n");
    project.sqlite("app.sqlite", "CREATE TABLE t (a);");
    project.run("diff --exit-code").exit(0).stderr_has("table t is in no model and is left alone");
    project.write("schema.rs", "// Nothing is said here.\n");
    project.run("diff").exit(1).stderr_has("no `diesel::table!` was found");
}

/// A text at one place does not hide that another one becomes a column.
#[test]
fn each_place_of_a_text_counts() {
    let project = pulled(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, y TEXT); CREATE TABLE a (n INT PRIMARY KEY); \
         INSERT INTO t VALUES (1, 'y'); INSERT INTO a VALUES (1); \
         CREATE VIEW v AS SELECT \"x\" AS q FROM a UNION ALL SELECT \"x\" FROM t;",
    );
    change(&project, "y -> Nullable<Text>,", "y -> Nullable<Text>,\n        x -> Nullable<Text>,");
    let before = project.contents();
    project.run("create --name x --allow all").exit(4).stderr_has("view `v`");
    assert_eq!(project.contents(), before);
}
