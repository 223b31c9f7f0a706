//! Schemas of any size, as SQL and as models: nine columns a table, up to two references to earlier
//! tables, two indexes.

use std::fmt::Write as _;
use std::path::Path;

/// The columns that every table has: name, type in both databases, Diesel's type.
const COLUMNS: [(&str, &str, &str); 8] = [
    ("name", "TEXT NOT NULL", "Text"),
    ("email", "TEXT", "Nullable<Text>"),
    ("body", "TEXT", "Nullable<Text>"),
    ("quantity", "INTEGER NOT NULL DEFAULT 0", "Integer"),
    ("price", "DOUBLE PRECISION", "Nullable<Double>"),
    ("active", "BOOLEAN NOT NULL", "Bool"),
    ("created_at", "TIMESTAMP NOT NULL", "Timestamp"),
    ("updated_at", "TIMESTAMP", "Nullable<Timestamp>"),
];

/// The earlier tables that a table refers to: none, one or two.
fn parents(table: usize) -> impl Iterator<Item = usize> {
    (0..(table % 3).min(table)).map(move |nth| (table * 7 + nth * 13) % table)
}

/// The script that makes the tables.
pub(crate) fn sql(tables: usize) -> String {
    let mut sql = String::from("BEGIN;\n");
    for table in 0..tables {
        let _ = write!(sql, "CREATE TABLE t{table} (\n    id INTEGER NOT NULL PRIMARY KEY");
        for (name, native, _) in COLUMNS {
            let _ = write!(sql, ",\n    {name} {native}");
        }
        for (nth, _) in parents(table).enumerate() {
            let _ = write!(sql, ",\n    parent{nth}_id INTEGER");
        }
        for (nth, parent) in parents(table).enumerate() {
            let _ = write!(
                sql,
                ",\n    FOREIGN KEY (parent{nth}_id) REFERENCES t{parent} (id) ON DELETE CASCADE"
            );
        }
        let _ = writeln!(sql, "\n);");
        let _ = writeln!(sql, "CREATE INDEX t{table}_email ON t{table} (email);");
        let _ = writeln!(sql, "CREATE INDEX t{table}_name_created ON t{table} (name, created_at);");
    }
    sql.push_str("COMMIT;\n");
    sql
}

/// The models of the same tables. `extra` goes into the last table.
pub(crate) fn models(tables: usize, extra: &str) -> String {
    let mut models = String::new();
    for table in 0..tables {
        models.push_str(&table_macro(table, if table + 1 == tables { extra } else { "" }));
    }
    models.push_str("glowplug::ddl! {\n");
    for table in 0..tables {
        models.push_str(&ddl_block(table));
    }
    models.push_str("}\n");
    models
}

/// One `table!`.
pub(crate) fn table_macro(table: usize, extra: &str) -> String {
    let mut text = format!("diesel::table! {{\n    t{table} (id) {{\n        id -> Integer,\n");
    for (name, _, diesel) in COLUMNS {
        let _ = writeln!(text, "        {name} -> {diesel},");
    }
    for (nth, _) in parents(table).enumerate() {
        let _ = writeln!(text, "        parent{nth}_id -> Nullable<Integer>,");
    }
    let _ = writeln!(text, "{extra}    }}\n}}");
    text
}

/// One table's block in `ddl!`.
pub(crate) fn ddl_block(table: usize) -> String {
    let mut text = format!("    table t{table} {{\n        quantity: default \"0\";\n");
    for (nth, parent) in parents(table).enumerate() {
        let _ = writeln!(
            text,
            "        foreign key (parent{nth}_id) references t{parent} (id) on delete cascade;"
        );
    }
    let _ = writeln!(text, "        index t{table}_email (email);");
    let _ = writeln!(text, "        index t{table}_name_created (name, created_at);\n    }}");
    text
}

/// Writes this many migrations, one table each, in Diesel's form.
pub(crate) fn write_migrations(directory: &Path, migrations: usize) {
    for migration in 0..migrations {
        let (up, down) = migration_sql(migration);
        let name = format!("{}_make_m{migration}", version(migration));
        let migration = directory.join(name);
        std::fs::create_dir_all(&migration).expect("the directory is made");
        std::fs::write(migration.join("up.sql"), up).expect("the file is written");
        std::fs::write(migration.join("down.sql"), down).expect("the file is written");
    }
}

/// The version of the nth migration: one a minute.
pub(crate) fn version(migration: usize) -> String {
    let (hour, minute) = (migration / 60 % 24, migration % 60);
    format!("2025-01-{:02}-{hour:02}{minute:02}00-0000", 1 + migration / 1440)
}

/// The text of the nth migration.
pub(crate) fn migration_sql(migration: usize) -> (String, String) {
    let up = format!(
        "CREATE TABLE m{migration} (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL);\n\
         CREATE INDEX m{migration}_name ON m{migration} (name);\n"
    );
    (up, format!("DROP TABLE m{migration};\n"))
}
