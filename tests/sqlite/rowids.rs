//! Rows that something knows by their rowids, while a column becomes the rowid.

use super::standing::{change, pulled};

const TABLE: &str = "CREATE TABLE t (a INT NOT NULL, body TEXT); \
    INSERT INTO t VALUES (2, 'alpha'), (1, 'beta'); CREATE TABLE tag (t_rowid INTEGER PRIMARY KEY, name TEXT); \
    CREATE TABLE log (n INTEGER PRIMARY KEY); ";

const MODELS: &str = "\
diesel::table! { t (a) { a -> Integer, body -> Nullable<Text>, } }
diesel::table! { tag (t_rowid) { t_rowid -> Integer, name -> Nullable<Text>, } }
diesel::table! { log (n) { n -> Integer, } }
";

/// What stands around the table, and what is refused.
const AROUND: [(&str, &str); 8] = [
    ("CREATE VIRTUAL TABLE f USING fts5(body, content='t');", "virtual table `f`"),
    (
        "CREATE VIRTUAL TABLE f USING fts5(body, content=\"T\", content_rowid='oid');",
        "virtual table `f`",
    ),
    (
        "CREATE VIEW v AS SELECT tag.name, body FROM t JOIN tag ON tag.t_rowid = t.rowid;",
        "view `v`",
    ),
    (
        "CREATE TRIGGER g AFTER DELETE ON t BEGIN DELETE FROM tag WHERE t_rowid = old._ROWID_; END;",
        "trigger `g`",
    ),
    (
        "CREATE TRIGGER g AFTER INSERT ON log BEGIN DELETE FROM \"T\" WHERE oid = new.n; END;",
        "trigger `g`",
    ),
    // By a column of its own, by another table's rowid, and a text.
    ("CREATE VIRTUAL TABLE f USING fts5(body, content='t', content_rowid='a');", ""),
    ("CREATE VIEW v AS SELECT rowid AS r, name FROM tag;", ""),
    ("CREATE VIEW v AS SELECT body || 'rowid' AS r FROM t;", ""),
];

#[test]
fn what_knows_rows_by_rowids_that_would_change_is_named() {
    for (around, object) in AROUND {
        for flags in ["", " --unproven"] {
            let project = pulled(&format!("{TABLE}{around}"));
            project.write("schema.rs", MODELS);
            let before = project.contents();
            let run = project.run(&format!("create --name x --allow all{flags}"));
            if object.is_empty() {
                run.exit(0);
                continue;
            }
            run.exit(4).stderr_has(&format!(
                "error: {object}: it knows the rows of `t` by their rowids, and `t.a` becomes the \
                 rowid: every row would get another one\nhint: drop {object} first"
            ));
            assert_eq!(project.contents(), before, "{around}");
        }
    }
}

#[test]
fn a_key_that_is_the_rowid_already_keeps_it() {
    let project = pulled(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT); INSERT INTO t VALUES (7, 'x'); \
         CREATE VIEW v AS SELECT rowid AS r FROM t;",
    );
    change(&project, "body -> Nullable<Text>", "body -> Text");
    project.run("create --name x --allow all").exit(0);
    project.run("migrate").exit(0);
    assert_eq!(project.sqlite("app.sqlite", "SELECT r FROM v"), "7\n");
}
