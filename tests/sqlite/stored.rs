//! The stored text in slices: the texts are those that a real SQLite keeps.

use glowplug::backend::sqlite::stored::{
    ColumnConstraintKind as Kind, ElementKind, StoredError, StoredTable, TableConstraintKind,
    read_index, read_table, tokens,
};
use glowplug::model::{Deferrable, ReferentialAction, SortOrder};

use super::{database, text};

/// The text that SQLite stores for the object that this SQL creates last.
fn stored(sql: &str) -> String {
    let mut connection = database(sql);
    text(
        &mut connection,
        "SELECT sql AS text FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY rowid DESC LIMIT 1",
    )
}

fn slices<'a>(table: &StoredTable<'a>) -> Vec<&'a str> {
    table.elements.iter().map(|element| table.slice(&element.range)).collect()
}

/// Every column's name, type, and constraints as written.
fn columns(table: &StoredTable<'_>) -> Vec<(String, String, Vec<String>)> {
    let read = |(_, column): (_, &glowplug::backend::sqlite::stored::StoredColumn)| {
        let declared = column.type_range.as_ref().map_or("", |range| table.slice(range));
        let constraints = column.constraints.iter().map(|c| table.slice(&c.range).to_owned());
        (column.name.clone(), declared.to_owned(), constraints.collect())
    };
    table.columns().map(read).collect()
}

#[test]
fn a_plain_table_falls_into_its_columns() {
    let text = stored(
        "CREATE TABLE IF NOT EXISTS main.session (id INTEGER PRIMARY KEY AUTOINCREMENT, cost numeric(12, 2) NOT NULL DEFAULT -1.5, plan)",
    );
    let table = read_table(&text).unwrap();
    assert_eq!(table.slice(&table.name), "session");
    assert_eq!(&text[table.body_open..=table.body_open], "(");
    assert_eq!(&text[table.body_close..], ")");
    assert_eq!(table.slice(&table.tail), "");
    assert_eq!(
        columns(&table),
        [
            ("id".into(), "INTEGER".into(), vec!["PRIMARY KEY AUTOINCREMENT".into()]),
            (
                "cost".into(),
                "numeric(12, 2)".into(),
                vec!["NOT NULL".into(), "DEFAULT -1.5".into()]
            ),
            ("plan".into(), String::new(), vec![]),
        ]
    );
    let ElementKind::Column(id) = &table.elements[0].kind else { panic!("a column") };
    assert_eq!(
        id.constraints[0].kind,
        Kind::PrimaryKey { autoincrement: true, order: SortOrder::Ascending }
    );
}

#[test]
fn comments_are_kept_inside_of_slices_and_left_out_between_them() {
    let text = stored(
        "CREATE TABLE t ( -- the table, (really)\n  a INT /* , not a comma */ NOT NULL, -- a's\n  /* b's */ b TEXT CHECK (b <> ',' -- or )\n    AND b <> ')')\n /* end */ )",
    );
    let table = read_table(&text).unwrap();
    assert_eq!(
        slices(&table),
        ["a INT /* , not a comma */ NOT NULL", "b TEXT CHECK (b <> ',' -- or )\n    AND b <> ')')",]
    );
    let ElementKind::Column(b) = &table.elements[1].kind else { panic!("a column") };
    let Kind::Check { expr } = &b.constraints[0].kind else { panic!("a check") };
    assert_eq!(table.slice(expr), "b <> ',' -- or )\n    AND b <> ')'");
}

#[test]
fn table_constraints_may_follow_each_other_without_a_comma() {
    let text = stored(
        "CREATE TABLE t (a, b, CONSTRAINT k PRIMARY KEY (a, b DESC) CONSTRAINT u UNIQUE (b COLLATE NOCASE) ON CONFLICT REPLACE CHECK (a > 0) UNIQUE (a), FOREIGN KEY (a) REFERENCES o)",
    );
    let table = read_table(&text).unwrap();
    assert_eq!(
        slices(&table),
        [
            "a",
            "b",
            "CONSTRAINT k PRIMARY KEY (a, b DESC)",
            "CONSTRAINT u UNIQUE (b COLLATE NOCASE) ON CONFLICT REPLACE",
            "CHECK (a > 0)",
            "UNIQUE (a)",
            "FOREIGN KEY (a) REFERENCES o",
        ]
    );
    let constraints: Vec<_> = table.constraints().map(|(_, constraint)| constraint).collect();
    assert_eq!(constraints[0].name.as_deref(), Some("k"));
    let TableConstraintKind::PrimaryKey { columns, .. } = &constraints[0].kind else {
        panic!("a key")
    };
    assert_eq!(columns[1].column.as_deref(), Some("b"));
    assert_eq!(columns[1].order, SortOrder::Descending);
    assert_eq!(constraints[1].on_conflict.as_deref(), Some("REPLACE"));
    let TableConstraintKind::Unique { columns } = &constraints[1].kind else { panic!("a unique") };
    assert_eq!(columns[0].collation.as_deref(), Some("NOCASE"));
}

#[test]
fn every_column_constraint_is_read() {
    let text = stored(
        r#"CREATE TABLE o (a PRIMARY KEY); CREATE TABLE t (
            a TEXT CONSTRAINT x CONSTRAINT here NOT NULL ON CONFLICT IGNORE COLLATE "NOCASE" DEFAULT ('a' || 'b'),
            b UNIQUE ON CONFLICT FAIL NULL DEFAULT CURRENT_TIMESTAMP,
            c REFERENCES "o" ([a]) ON DELETE SET NULL ON UPDATE CASCADE MATCH FULL NOT NULL DEFERRABLE INITIALLY DEFERRED,
            d INT GENERATED ALWAYS AS (a + (1)) STORED,
            e AS (a) VIRTUAL,
            f GENERATED ALWAYS AS (b) CHECK (f IS NOT 'x')
        )"#,
    );
    let table = read_table(&text).unwrap();
    let read = columns(&table);
    let (names, types): (Vec<_>, Vec<_>) =
        read.iter().map(|(n, t, _)| (n.as_str(), t.as_str())).unzip();
    assert_eq!(names, ["a", "b", "c", "d", "e", "f"]);
    assert_eq!(types, ["TEXT", "", "", "INT", "", ""]);
    let column = |at: usize| table.columns().nth(at).unwrap().1.clone();
    let a = column(0).constraints;
    assert_eq!(a[0].name.as_deref(), Some("here"));
    assert_eq!((&a[0].kind, a[0].on_conflict.as_deref()), (&Kind::NotNull, Some("IGNORE")));
    assert_eq!(a[1].kind, Kind::Collate { name: "NOCASE".into() });
    let Kind::Default { expr, parenthesized: true } = &a[2].kind else { panic!("a default") };
    assert_eq!(table.slice(expr), "'a' || 'b'");
    let b = column(1).constraints;
    assert_eq!((&b[0].kind, b[0].on_conflict.as_deref()), (&Kind::Unique, Some("FAIL")));
    assert_eq!(b[1].kind, Kind::Null);
    let c = column(2).constraints;
    let Kind::References(references) = &c[0].kind else { panic!("a reference") };
    assert_eq!((references.table.as_str(), references.columns[0].name.as_str()), ("o", "a"));
    assert_eq!(references.on_delete, ReferentialAction::SetNull);
    assert_eq!(references.on_update, ReferentialAction::Cascade);
    assert_eq!(c[1].kind, Kind::NotNull);
    assert_eq!(c[2].kind, Kind::Deferrable(Deferrable::InitiallyDeferred));
    let generated: Vec<_> = (3..6)
        .map(|at| match &column(at).constraints[0].kind {
            Kind::Generated { expr, stored } => (table.slice(expr), *stored),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(generated, [("a + (1)", true), ("a", false), ("b", false)]);
}

#[test]
fn hostile_names_are_unquoted() {
    let text = stored(
        "CREATE TABLE \"odd \"\"(name),\" ([a)b], `c``,`, 'it''s', \"🚂\nü\" \"my type\"(3), \"check\" INT, [primary] INT, Key INT, CHECK (\"🚂\nü\" > 0))",
    );
    let table = read_table(&text).unwrap();
    assert_eq!(table.slice(&table.name), "\"odd \"\"(name),\"");
    let read = columns(&table);
    let names: Vec<_> = read.iter().map(|(name, _, _)| name.as_str()).collect();
    assert_eq!(names, ["a)b", "c`,", "it's", "🚂\nü", "check", "primary", "Key"]);
    assert_eq!(read[3].1, "\"my type\"(3)");
    assert_eq!(table.constraints().count(), 1);
}

#[test]
fn options_stand_in_the_tail() {
    let text = stored("CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID , STRICT");
    let table = read_table(&text).unwrap();
    assert_eq!(table.slice(&table.tail), "WITHOUT ROWID , STRICT");
    assert!(table.strict && table.without_rowid);
}

#[test]
fn what_as_select_leaves_and_what_alter_writes_is_read() {
    let text = stored(
        "CREATE TABLE o (a INT, b TEXT); CREATE TABLE t AS SELECT a, b, a + 1 AS \"x y\" FROM o",
    );
    let table = read_table(&text).unwrap();
    let names: Vec<_> = columns(&table).into_iter().map(|(name, _, _)| name).collect();
    assert_eq!(names, ["a", "b", "x y"]);
    let text = stored(
        "CREATE TABLE t (a INT -- first\n); ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x'; ALTER TABLE t RENAME COLUMN a TO \"c d\"; ALTER TABLE t RENAME TO \"order\"",
    );
    let table = read_table(&text).unwrap();
    assert_eq!(table.slice(&table.name), "\"order\"");
    assert_eq!(slices(&table), ["\"c d\" INT", "b TEXT DEFAULT 'x'"]);
}

#[test]
fn an_index_falls_into_its_keys() {
    let text = stored(
        "CREATE TABLE t (a, b, \"c d\"); CREATE UNIQUE INDEX IF NOT EXISTS main.\"i x\" ON t (a COLLATE NOCASE DESC, (b), lower(\"c d\") COLLATE RTRIM, a || b COLLATE NOCASE ASC, (a + b) desc) WHERE b IS NOT NULL -- why\n AND a > 0",
    );
    let index = read_index(&text).unwrap();
    assert!(index.unique);
    assert_eq!((index.slice(&index.name), index.slice(&index.table)), ("\"i x\"", "t"));
    let parts: Vec<_> = index
        .parts
        .iter()
        .map(|p| (index.slice(&p.expr), p.column.as_deref(), p.collation.as_deref(), p.order))
        .collect();
    assert_eq!(
        parts,
        [
            ("a", Some("a"), Some("NOCASE"), SortOrder::Descending),
            ("b", Some("b"), None, SortOrder::Ascending),
            ("lower(\"c d\")", None, Some("RTRIM"), SortOrder::Ascending),
            // The collation is the second operand's, not the key's.
            ("a || b COLLATE NOCASE", None, None, SortOrder::Ascending),
            ("a + b", None, None, SortOrder::Descending),
        ]
    );
    assert_eq!(index.predicate.map(|p| &text[p]), Some("b IS NOT NULL -- why\n AND a > 0"));
}

#[test]
fn texts_that_are_no_table_are_refused() {
    for (sql, expected) in [
        (
            "CREATE VIRTUAL TABLE t USING fts5(a)",
            "its text has `VIRTUAL` at byte 7, where TABLE was expected",
        ),
        (
            "CREATE TABLE t (a INT",
            "its text has `end of text` at byte 21, where a column constraint was expected",
        ),
        (
            "CREATE TABLE t (a CHECK ())",
            "its text has `)` at byte 26, where an expression was expected",
        ),
        ("CREATE TABLE t (a 'open)", "its text has no token at byte 17"),
        (
            "CREATE TABLE t (a INT) ENGINE",
            "its text has `ENGINE` at byte 23, where STRICT or WITHOUT ROWID was expected",
        ),
        (
            "CREATE TABLE t (a CONSTRAINT lonely, b)",
            "its text has `,` at byte 35, where a column constraint was expected",
        ),
        ("", "its text has `end of text` at byte 0, where CREATE was expected"),
    ] {
        assert_eq!(read_table(sql).map_err(|e| e.to_string()), Err(expected.to_owned()), "{sql}");
    }
    // Tokens that fit the slices, but are no expression of SQLite's.
    let error = read_table("CREATE TABLE t (a CHECK (1 + + * 2))").unwrap_err();
    assert!(matches!(error, StoredError::Grammar { .. }), "{error}");
}

#[test]
fn tokens_cover_the_text_but_for_spaces_and_comments() {
    let sql = "x'00' + \"a\"\"b\" -> [c d] -- end\n, 1.5e-3 /* x */ <> ?1 'é'";
    let read: Vec<_> = tokens(sql).unwrap().into_iter().map(|t| &sql[t.range]).collect();
    assert_eq!(read, ["x'00'", "+", "\"a\"\"b\"", "->", "[c d]", ",", "1.5e-3", "<>", "?1", "'é'"]);
}
