//! A table of the model, made of the stored text.

use crate::backend::sqlite::key::{conflict_options, key_columns};
use crate::backend::sqlite::stored::{
    ColumnConstraintKind, References, StoredColumn, StoredError, StoredTable, TableConstraintKind,
    read_table, unquote,
};
use crate::model::{
    CheckConstraint, Column, Conflict, ConstraintOptions, ForeignKey, Generated, GeneratedStorage,
    Identity, KeyPart, PrimaryKey, QualifiedName, SortOrder, SqlType, Table, TableOptions,
    UniqueConstraint,
};

/// Reads the table of this name from its text.
pub(super) fn read(name: &str, text: &str) -> Result<Table, StoredError> {
    let stored = read_table(text)?;
    let mut table = Table::new(name);
    table.described = true;
    table.stored = Some(text.to_owned());
    table.options = TableOptions {
        strict: stored.strict,
        without_rowid: stored.without_rowid,
        ..TableOptions::default()
    };
    let mut key = Key::default();
    for (_, column) in stored.columns() {
        let column = read_column(&stored, column, &mut table, &mut key);
        table.columns.push(column);
    }
    for (_, constraint) in stored.constraints() {
        let name = constraint.name.clone();
        let conflict = constraint.on_conflict.as_deref();
        match &constraint.kind {
            TableConstraintKind::PrimaryKey { columns, autoincrement } => {
                let (columns, options) = key_columns(columns, conflict);
                table.primary_key = Some(PrimaryKey { options, name, columns });
                key.autoincrement |= autoincrement;
            }
            TableConstraintKind::Unique { columns } => {
                let (columns, options) = key_columns(columns, conflict);
                table.uniques.push(UniqueConstraint { options, name, columns });
            }
            TableConstraintKind::Check { expr } => {
                let expression = stored.slice(expr).to_owned();
                let options = conflict_options(conflict);
                table.checks.push(CheckConstraint { options, name, expression });
            }
            TableConstraintKind::ForeignKey { columns, references } => {
                let columns = columns.iter().map(|column| column.name.clone()).collect();
                table.foreign_keys.push(foreign_key(name, columns, references));
            }
        }
    }
    complete_key(&mut table, &key);
    Ok(table)
}

/// What the text says about the primary key besides its columns.
#[derive(Debug, Default)]
pub(super) struct Key {
    /// `AUTOINCREMENT`.
    pub(super) autoincrement: bool,
    /// `PRIMARY KEY DESC` behind a column: a quirk keeps it from being the rowid
    /// (<https://sqlite.org/lang_createtable.html#rowid>).
    pub(super) descending: bool,
}

fn read_column(
    stored: &StoredTable<'_>,
    from: &StoredColumn,
    table: &mut Table,
    key: &mut Key,
) -> Column {
    let declared = from.type_range.as_ref().map_or("", |range| stored.slice(range));
    let mut column = Column::new(&from.name, SqlType::native(declared));
    let own = || vec![from.name.clone()];
    for constraint in &from.constraints {
        let name = constraint.name.clone();
        let conflict = constraint.on_conflict.as_deref();
        match &constraint.kind {
            ColumnConstraintKind::NotNull => {
                column.nullable = false;
                column.options.not_null = name;
                column.options.on_conflict = conflict.and_then(Conflict::of);
            }
            ColumnConstraintKind::Null => {}
            ColumnConstraintKind::PrimaryKey { autoincrement, order } => {
                let descending = *order == SortOrder::Descending;
                let part = KeyPart { order: *order, collation: None };
                let parts = if descending { vec![part] } else { Vec::new() };
                let options = ConstraintOptions { parts, ..conflict_options(conflict) };
                table.primary_key = Some(PrimaryKey { options, name, columns: own() });
                key.autoincrement |= autoincrement;
                key.descending |= descending;
            }
            ColumnConstraintKind::Unique => {
                let options = conflict_options(conflict);
                table.uniques.push(UniqueConstraint { options, name, columns: own() });
            }
            ColumnConstraintKind::Check { expr } => {
                let expression = stored.slice(expr).to_owned();
                table.checks.push(CheckConstraint {
                    options: Default::default(),
                    name,
                    expression,
                });
            }
            ColumnConstraintKind::Default { expr, parenthesized } => {
                column.default = Some(default(stored.slice(expr), *parenthesized));
                column.options.default = name;
            }
            ColumnConstraintKind::Collate { name: collation } => {
                column.collation = Some(collation.clone());
                column.options.collation = name;
            }
            ColumnConstraintKind::References(references) => {
                table.foreign_keys.push(foreign_key(name, own(), references));
            }
            ColumnConstraintKind::Deferrable(deferrable) => {
                // SQLite's grammar gives it to the foreign key that was read last.
                if let Some(last) = table.foreign_keys.last_mut() {
                    last.deferrable = *deferrable;
                }
            }
            ColumnConstraintKind::Generated { expr, stored: kept } => {
                let storage =
                    if *kept { GeneratedStorage::Stored } else { GeneratedStorage::Virtual };
                let expression = stored.slice(expr).to_owned();
                column.generated = Some(Generated { expression, storage });
                column.options.generated = name;
            }
        }
    }
    column
}

/// `DEFAULT pending` is the text `'pending'`, where `DEFAULT (pending)` would be a column.
pub(super) fn default(text: &str, parenthesized: bool) -> String {
    const VALUES: &[&str] =
        &["NULL", "TRUE", "FALSE", "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"];
    let first = text.chars().next().unwrap_or('0');
    let blob = text.len() > 2 && first.eq_ignore_ascii_case(&'x') && text[1..].starts_with('\'');
    let quoted = matches!(first, '"' | '`' | '[');
    let word = first == '_' || first.is_alphabetic();
    let value = VALUES.iter().any(|value| value.eq_ignore_ascii_case(text));
    if parenthesized || blob || value || !(quoted || word) {
        return text.to_owned();
    }
    format!("'{}'", unquote(text).replace('\'', "''"))
}

fn foreign_key(name: Option<String>, columns: Vec<String>, to: &References) -> ForeignKey {
    ForeignKey {
        options: Default::default(),
        name,
        columns,
        foreign_table: QualifiedName::new(&to.table),
        foreign_columns: to.columns.iter().map(|column| column.name.clone()).collect(),
        on_delete: to.on_delete,
        on_update: to.on_update,
        deferrable: to.deferrable,
    }
}

/// Who assigns the key, and where it cannot be NULL although nothing says so.
pub(super) fn complete_key(table: &mut Table, key: &Key) {
    let Some(columns) = table.primary_key.as_mut().map(|key| &mut key.columns) else { return };
    for name in columns.iter_mut() {
        if let Some(column) = table.columns.iter().find(|c| c.name.eq_ignore_ascii_case(name)) {
            name.clone_from(&column.name);
        }
    }
    let sole = matches!(columns.as_slice(), [_]);
    let without_rowid = table.options.without_rowid;
    for column in table.columns.iter_mut().filter(|column| columns.contains(&column.name)) {
        let declared = column.sql_type.native.as_deref().unwrap_or_default();
        let integer = declared.to_ascii_lowercase().contains("int");
        let rowid =
            sole && !without_rowid && !key.descending && declared.eq_ignore_ascii_case("INTEGER");
        if rowid || without_rowid {
            column.nullable = false;
        }
        column.identity = match (rowid, key.autoincrement) {
            (true, true) => Identity::ByDefault,
            (true, false) => Identity::Rowid,
            (false, _) if sole && integer => Identity::Unassigned,
            (false, _) => Identity::Unstated,
        };
    }
}
