//! A name that one object gives up and another one takes, in one change.

use super::standing::pulled;
use crate::cli::project::Project;

/// What there is, and what there shall be.
const PAIRS: [(&str, &str); 9] = [
    // Letters of either case are the same.
    ("CREATE TABLE Item (a INT);", "CREATE TABLE item (b TEXT NOT NULL, c INT);"),
    (
        "CREATE TABLE a (x INT); CREATE TRIGGER g AFTER INSERT ON a BEGIN DELETE FROM a; END;",
        "CREATE TABLE b (y INT); CREATE TRIGGER G AFTER INSERT ON b BEGIN DELETE FROM b; END;",
    ),
    (
        "CREATE TABLE a (x INT); CREATE TABLE b (y INT); CREATE TRIGGER g AFTER INSERT ON a BEGIN DELETE FROM a; END;",
        "CREATE TABLE b (y INT); CREATE TRIGGER g AFTER INSERT ON b BEGIN DELETE FROM b; END;",
    ),
    ("CREATE VIRTUAL TABLE f USING fts5(x);", "CREATE TABLE f (x TEXT);"),
    ("CREATE TABLE f (x TEXT);", "CREATE VIRTUAL TABLE f USING fts5(x);"),
    ("CREATE VIRTUAL TABLE f USING fts5(x);", "CREATE TABLE F_data (x TEXT);"),
    (
        "CREATE TABLE a (x INT); CREATE INDEX i ON a (x); CREATE TABLE b (y INT);",
        "CREATE TABLE b (y INT); CREATE INDEX I ON b (y);",
    ),
    (
        "CREATE TABLE a (x INT); CREATE INDEX i ON a (x);",
        "CREATE TABLE b (y INT); CREATE INDEX i ON b (y);",
    ),
    (
        "CREATE TABLE a (x INT); CREATE TABLE b (y INT);",
        "CREATE TABLE b (y INT NOT NULL); CREATE INDEX a ON b (y);",
    ),
];

#[test]
fn what_holds_a_name_goes_before_what_takes_it_comes() {
    for (old, new) in PAIRS {
        for (from, to) in [(old, new), (new, old)] {
            let project = Project::new().file("old.sql", from).file("new.sql", to);
            let sql = project.run("diff old.sql new.sql --sql").exit(0).out();
            project.sqlite("app.sqlite", from);
            project.sqlite("app.sqlite", &sql);
            project.run("diff app.sqlite new.sql --exit-code").exit(0).stdout("");
        }
    }
}

#[test]
fn an_index_takes_the_name_of_one_that_goes_with_its_table() {
    const CATALOG: &str = "SELECT type, name, tbl_name, sql FROM sqlite_schema \
        WHERE tbl_name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY type, name;";
    for (index, name) in [("CREATE INDEX idx_a ON sess (a);", "idx_a"), ("", "sess")] {
        let project = pulled(&format!(
            "CREATE TABLE sess (id INTEGER PRIMARY KEY, a INT); {index} \
             CREATE TABLE other (id INTEGER PRIMARY KEY, a INT);"
        ));
        project.write(
            "schema.rs",
            format!(
                "diesel::table! {{ other (id) {{ id -> Integer, a -> Nullable<Integer>, }} }}\n\
                 glowplug::ddl! {{ table other {{ index {name} (a); }} }}\n"
            ),
        );
        let before = project.sqlite("app.sqlite", CATALOG);
        project.run("create --name x --drop sess --allow all --no-renames").exit(0);
        project.run("migrate").exit(0);
        let now = project.sqlite("app.sqlite", CATALOG);
        assert!(now.contains(name) && !now.contains("table|sess"), "{now}");
        project.run("revert --yes").exit(0);
        assert_eq!(project.sqlite("app.sqlite", CATALOG), before);
    }
}
