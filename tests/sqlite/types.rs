//! The table of types.

use glowplug::backend::{Dialect, sqlite::Sqlite};
use glowplug::model::{Column, DieselType, EnumType, Identity, QualifiedName, Schema, SqlType};

fn created(diesel: &str, identity: Identity, max_length: Option<u32>) -> String {
    let mut column = Column::new("c", SqlType::diesel(diesel));
    column.identity = identity;
    column.sql_type.max_length = max_length;
    Sqlite.native_type(&column, &Schema::default()).expect(diesel)
}

#[test]
fn what_a_diesel_type_is_created_as() {
    for (diesel, native) in [
        ("Bool", "BOOLEAN"),
        ("SmallInt", "SMALLINT"),
        ("Integer", "INTEGER"),
        ("BigInt", "BIGINT"),
        ("Float", "REAL"),
        ("Double", "DOUBLE"),
        ("Numeric", "NUMERIC"),
        ("Text", "TEXT"),
        ("Binary", "BLOB"),
        ("Date", "DATE"),
        ("Time", "TIME"),
        ("Timestamp", "TIMESTAMP"),
        ("TimestamptzSqlite", "TIMESTAMP"),
        ("Json", "TEXT"),
        ("Jsonb", "BLOB"),
    ] {
        assert_eq!(created(diesel, Identity::Unstated, None), native);
        assert!(Sqlite.loads(&DieselType::new(diesel), native), "{diesel} loads its own {native}");
    }
    assert_eq!(created("Text", Identity::Unstated, Some(20)), "VARCHAR(20)");
}

#[test]
fn only_integer_is_a_rowid() {
    for diesel in ["SmallInt", "Integer", "BigInt"] {
        assert_eq!(created(diesel, Identity::Rowid, None), "INTEGER");
        assert_eq!(created(diesel, Identity::ByDefault, None), "INTEGER");
        assert_ne!(created(diesel, Identity::Unassigned, None), "INTEGER");
    }
}

#[test]
fn a_type_without_a_row_is_refused_with_the_clause_to_write() {
    let column = Column::new("tags", SqlType::diesel("Interval"));
    let refusal = Sqlite.native_type(&column, &Schema::default()).unwrap_err();
    assert_eq!(refusal.to_string(), "column `tags`: SQLite has no type for `Interval`");
    assert_eq!(
        refusal.hint.as_deref(),
        Some("write `tags: type \"…\";` in the table's `ddl!` block")
    );
    let mut stated = column;
    stated.sql_type.native = Some("BLOB".into());
    assert_eq!(Sqlite.native_type(&stated, &Schema::default()), Ok("BLOB".into()));
}

#[test]
fn an_enum_of_the_models_is_text() {
    let mut schema = Schema::default();
    let name = QualifiedName::new("task_state");
    schema.enums.insert(name.clone(), EnumType { name, values: vec!["open".into()] });
    let custom = DieselType { custom: true, ..DieselType::new("TaskState") };
    let sql_type = SqlType { diesel: Some(custom), native: None, max_length: None };
    assert_eq!(Sqlite.native_type(&Column::new("state", sql_type), &schema), Ok("TEXT".into()));
}

#[test]
fn what_diesel_writes_and_reads_alike_is_no_difference() {
    let loads = |diesel: &str, native: &str| Sqlite.loads(&DieselType::new(diesel), native);
    for (diesel, natives) in [
        ("Bool", &["INTEGER", "boolean", "TINYINT(1)", "Bool", ""][..]),
        ("Integer", &["INTEGER", "INT", "int4", "BIGINT", "UNSIGNED BIG INT", "NUMERIC"]),
        ("BigInt", &["INTEGER", "bigint", "INT8"]),
        (
            "Text",
            &["VARCHAR(20)", "character varying ( 9 )", "CLOB", "TEXT", "NCHAR(55)", "DATETIME"],
        ),
        ("Timestamp", &["DATETIME", "TIMESTAMP", "timestamp(6)", "TEXT", "VARCHAR(32)"]),
        ("Double", &["REAL", "FLOAT", "DOUBLE PRECISION", "NUMERIC(12,2)", "decimal"]),
        ("Numeric", &["NUMERIC", "DECIMAL(10,2)", "REAL"]),
        ("Binary", &["BLOB", "VARBINARY(16)", ""]),
    ] {
        for native in natives {
            assert!(loads(diesel, native), "{diesel} loads {native}");
        }
    }
    for (diesel, natives) in [
        // A column of TEXT affinity makes '1' of 1; one of INTEGER affinity makes 1 of '1'.
        ("Integer", &["TEXT", "VARCHAR(20)", "BLOB", "DATETIME"][..]),
        ("Text", &["INTEGER", "REAL", "NUMERIC", "STRING", "BLOB"]),
        ("Timestamp", &["INTEGER", "REAL", "DATE"]),
        ("Double", &["INTEGER", "TEXT"]),
        ("Binary", &["TEXT"]),
    ] {
        for native in natives {
            assert!(!loads(diesel, native), "{diesel} does not load {native}");
        }
    }
}

#[test]
fn a_declared_type_is_read_as_diesel_cli_reads_it() {
    for (native, diesel, length) in [
        ("tinyint(1)", "Bool", None),
        ("int2", "SmallInt", None),
        ("BIGINT", "BigInt", None),
        ("integer", "Integer", None),
        ("VARCHAR(20)", "Text", Some(20)),
        ("TEXT", "Text", None),
        ("", "Binary", None),
        ("REAL", "Float", None),
        ("double", "Double", None),
        ("NUMERIC(12, 2)", "Double", None),
        ("datetime", "Timestamp", None),
        ("DATE", "Date", None),
        ("time", "Time", None),
    ] {
        let read = Sqlite.diesel_type(native, false);
        assert_eq!(read, Some((DieselType::new(diesel), length)), "{native}");
    }
    assert_eq!(Sqlite.diesel_type("MONEY", false), None);
}

#[test]
fn spellings_of_one_type_have_one_form() {
    assert_eq!(Sqlite.normalize_type("numeric ( 12 ,  2 )"), "NUMERIC(12,2)");
    assert_eq!(Sqlite.normalize_type("Double\n Precision"), "DOUBLE PRECISION");
    assert_ne!(Sqlite.normalize_type("INT"), Sqlite.normalize_type("INTEGER"));
}
