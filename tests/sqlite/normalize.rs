//! One spelling: what is one key, and what must never be.

use glowplug::backend::{Dialect, sqlite::Sqlite};
use glowplug::model::{Column, ForeignKey, Identity, PrimaryKey, Schema, SqlType, Table};

fn key(sql: &str) -> String {
    Sqlite.normalize_expression(sql)
}

#[test]
fn spellings_of_one_expression_have_one_key() {
    for (one, other) in [
        ("a>0", " A  >  0 -- positive"),
        ("((a > 0))", "a > 0"),
        ("\"a\" = 'x'", "[a] == 'x'"),
        ("`a` != 1", "a <> 1"),
        ("current_timestamp", "(CURRENT_TIMESTAMP)"),
        ("key = 1", "\"key\" = 1"),
        ("x'AB'", "X'ab'"),
        ("LOWER(a) /* for the search */", "lower ( a )"),
        ("SELECT a\nFROM t", "select A from \"t\""),
    ] {
        assert_eq!(key(one), key(other), "{one} and {other}");
    }
}

#[test]
fn different_expressions_have_different_keys() {
    for (one, other) in [
        ("a > 0", "a >= 0"),
        ("(a) + (b)", "a) + (b"),
        ("(a + b) * c", "a + b * c"),
        ("'X'", "'x'"),
        ("'a'", "a"),
        ("'a''b'", "'a' 'b'"),
        ("\"null\" IS NULL", "NULL IS NULL"),
        ("\"true\"", "true"),
        ("\"current_date\"", "current_date"),
        ("\"ABC\" = a", "\"abc\" = a"),
        ("'a b'", "'a  b'"),
        ("a - -1", "a --1"),
        ("1 2", "12"),
        ("n1:a", "a"),
    ] {
        assert_ne!(key(one), key(other), "{one} and {other}");
    }
}

#[test]
fn a_column_is_mentioned_by_name_and_not_by_letters() {
    assert!(Sqlite.mentions("lower(\"Status\") = 'x'", "status"));
    assert!(Sqlite.mentions("[it's] > 0", "it's"));
    assert!(!Sqlite.mentions("status_at > 0", "status"));
    assert!(!Sqlite.mentions("a = 'status' -- status", "status"));
    assert!(Sqlite.mentions("'open", "status"), "when in doubt, yes");
}

#[test]
fn names_are_spelt_as_their_tables_spell_them() {
    let mut parent = Table::new("Session");
    parent.columns.push(Column::new("Id", SqlType::native("INTEGER")));
    let mut child = Table::new("event");
    child.columns.push(Column::new("session_ID", SqlType::native("INTEGER")));
    child.primary_key = Some(PrimaryKey {
        options: Default::default(),
        name: None,
        columns: vec!["SESSION_id".into()],
    });
    child.foreign_keys.push(ForeignKey {
        options: Default::default(),
        name: None,
        columns: vec!["session_id".into()],
        foreign_table: "SESSION".into(),
        foreign_columns: vec!["id".into()],
        on_delete: Default::default(),
        on_update: Default::default(),
        deferrable: Default::default(),
    });
    let mut schema = Schema::default();
    schema.insert_table(parent);
    schema.insert_table(child);
    Sqlite.normalize(&mut schema);
    let child = schema.table(&"event".into()).unwrap();
    assert_eq!(child.primary_key.as_ref().unwrap().columns, ["session_ID"]);
    let key = &child.foreign_keys[0];
    assert_eq!(key.foreign_table, "Session".into());
    assert_eq!(
        (&key.columns[..], &key.foreign_columns[..]),
        (&["session_ID".into()][..], &["Id".into()][..])
    );
}

#[test]
fn what_sqlite_does_not_keep_is_dropped() {
    let mut table = Table::new("t");
    table.options.strict = true;
    table.comment = Some("of the table".into());
    let mut column = Column::new("c", SqlType::native("VARCHAR(20)"));
    column.comment = Some("of the column".into());
    column.collation = Some("binary".into());
    column.identity = Identity::Serial;
    table.columns.push(column);
    let mut schema = Schema::default();
    schema.insert_table(table);
    Sqlite.normalize(&mut schema);
    let table = schema.table(&"t".into()).unwrap();
    assert_eq!(table.comment, None);
    let column = &table.columns[0];
    assert_eq!((&column.comment, &column.collation), (&None, &None));
    assert_eq!(column.identity, Identity::ByDefault);
    // A STRICT table knows six types.
    assert_eq!(column.sql_type.native.as_deref(), Some("TEXT"));
}
