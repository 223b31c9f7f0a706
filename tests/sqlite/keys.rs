//! Keys of tables with a rowid and without one.

use super::standing::{change, pulled};
use crate::cli::project::Project;

fn described(said: &str) -> Project {
    Project::new().file(".env", "DATABASE_URL=app.sqlite\n").file(
        "schema.rs",
        &format!(
            "diesel::table! {{ t (id) {{ id -> BigInt, body -> Nullable<Text>, }} }}\n\
             glowplug::ddl! {{ table t {{ {said} }} }}\n"
        ),
    )
}

#[test]
fn a_key_of_another_declared_type_is_no_rowid() {
    for declared in ["bigint", "int", "numeric"] {
        for exists in [false, true] {
            let project = described(&format!("id: type \"{declared}\";"));
            if exists {
                let sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT); \
                           INSERT INTO t VALUES (7, 'x');";
                project.sqlite("app.sqlite", sql);
            }
            project.run("create --name x --allow all").exit(0);
            project.run("migrate").exit(0);
            let aliases = "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_autoindex_t_1'";
            assert_eq!(project.sqlite("app.sqlite", aliases), "1\n", "{declared}");
            project.run("diff --exit-code").exit(0);
            project.run("revert --yes").exit(0);
        }
    }
}

#[test]
fn a_rowid_is_declared_integer_and_nothing_else() {
    for form in ["rowid", "identity"] {
        for declared in ["bigint", "int"] {
            let project = described(&format!("id: {form}, type \"{declared}\";"));
            let before = project.contents();
            project.run("create --name x").exit(4).stderr_has(&format!(
                "column `t.id`: it is said to be the rowid, which is declared INTEGER, and to be \
                 declared `{declared}`"
            ));
            assert_eq!(project.contents(), before);
        }
        described(&format!("id: {form}, type \"integer\";")).run("create --name x").exit(0);
    }
}

const KEYED: &str =
    "CREATE TABLE t (id TEXT PRIMARY KEY, b TEXT); INSERT INTO t VALUES ('a', 'b');";

#[test]
fn a_key_that_may_be_null_moves_into_a_table_without_rowid() {
    let project = pulled(KEYED);
    let schema = "SELECT replace(sql, '\"', '') FROM sqlite_schema WHERE name = 't'";
    let before = project.sqlite("app.sqlite", schema);
    change(&project, "table t {", "table t { without rowid; ");
    project.run("create --name x --allow all").exit(0);
    project.run("migrate").exit(0);
    assert!(project.sqlite("app.sqlite", schema).contains("WITHOUT ROWID"));
    project.run("diff --exit-code").exit(0);
    project.run("revert --yes").exit(0);
    assert_eq!(project.sqlite("app.sqlite", schema), before);

    let project = pulled(&format!("{KEYED} INSERT INTO t VALUES (NULL, 'c');"));
    change(&project, "table t {", "table t { without rowid; ");
    let ran = project.run("create --name x --allow all");
    let error = ran.err();
    assert!(error.contains("t.id") && error.contains("NULL"), "{error}");
}
