//! Operations to SQL: in place where SQLite can, by a rebuild where it cannot.

mod frame;
mod in_place;
mod key;
mod rebuild;
mod rename;
mod table;

pub(super) use frame::{needs_own_transaction, script};
pub(super) use in_place::{alters_in_place, in_place_since};
pub(super) use key::{check, column_key, stands_with_column, table_key, unique};
pub(super) use table::{
    collation_clause, column_definition, create_table, default_clause, generated_clause,
    is_rowid_alias, not_null_clause, options,
};

use super::Sqlite;
use super::stored::{ColumnConstraintKind, ElementKind, read_table, tokens};
use crate::backend::ident::{quote, quote_name};
use crate::backend::{Backend, Dialect, Refusal, Statement, standard};
use crate::diff::Operation;
use crate::model::{Column, Index, IndexPart, OtherObject, QualifiedName, Schema, View};

const BACKEND: Backend = Backend::Sqlite;

/// The SQL of one operation.
pub(super) fn render(
    operation: &Operation,
    from: &Schema,
    to: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    let one = |why: String, sql: String| Ok(vec![Statement::new(why, sql)]);
    match operation {
        Operation::CreateTable { table } => table::create(table, to),
        Operation::DropTable { table } => one(
            format!("Drop `{}`.", table.name),
            format!("DROP TABLE {};", quote_name(BACKEND, &table.name)),
        ),
        Operation::RenameTable { from, to } => Ok(rename::table(from, to)),
        Operation::RenameColumn { table, from: old, to: new } => {
            rename::column(table, old, new, from)
        }
        Operation::AddColumn { table, column, fill } => {
            Ok(add_column(table, column, fill.as_deref(), to))
        }
        Operation::DropColumn { table, column } => one(
            format!("Drop `{table}.{}`.", column.name),
            format!(
                "ALTER TABLE {} DROP COLUMN {};",
                quote_name(BACKEND, table),
                quote(BACKEND, &column.name)
            ),
        ),
        // In place only with the column that they stand on, whose statement says them.
        Operation::AddForeignKey { .. } | Operation::DropForeignKey { .. } => Ok(Vec::new()),
        Operation::CreateIndex { table, index } => Ok(vec![create_index(table, index)?]),
        Operation::DropIndex { index, .. } => {
            let name = index.name.as_deref().expect("an index is named before it is rendered");
            one(
                format!("Drop the index `{name}`."),
                format!("DROP INDEX {};", quote(BACKEND, name)),
            )
        }
        Operation::CreateView { view } => {
            let mut statements = vec![create_view(view)?];
            statements.extend(table::triggers(&view.name, &to.others));
            Ok(statements)
        }
        Operation::DropView { view } => one(
            format!("Drop the view `{}`.", view.name),
            format!("DROP VIEW {};", quote_name(BACKEND, &view.name)),
        ),
        Operation::RebuildTable { from: old, to: new, changes } => {
            rebuild::rebuild(old, new, changes, from, to)
        }
        Operation::CreateObject { object } => {
            let what =
                format!("{} `{}`, in its own words.", capitalised(&object.kind), object.name);
            one(what, ended(object.sql.as_deref().unwrap_or_default()))
        }
        Operation::DropObject { object } => {
            let kind = if object.kind == "virtual table" { "table" } else { &object.kind };
            one(
                format!("Drop the {} `{}`.", object.kind, object.name),
                format!("DROP {} {};", kind.to_uppercase(), quote_name(BACKEND, &object.name)),
            )
        }
        Operation::AlterTable { .. }
        | Operation::AlterColumn { .. }
        | Operation::AlterPrimaryKey { .. }
        | Operation::AddUnique { .. }
        | Operation::DropUnique { .. }
        | Operation::AddCheck { .. }
        | Operation::DropCheck { .. }
        | Operation::RenamePart { .. }
        | Operation::AddExclusion { .. }
        | Operation::DropExclusion { .. } => {
            unreachable!("`alters_in_place` sends {operation:?} to a rebuild")
        }
        Operation::CreateDefinition { definition }
        | Operation::DropDefinition { definition }
        | Operation::AlterDefinition { to: definition, .. } => {
            Err(Refusal::new(definition.title(), "SQLite has no object of this kind"))
        }
        Operation::CreateEnum { enum_type }
        | Operation::DropEnum { enum_type }
        | Operation::AlterEnum { to: enum_type, .. } => Err(Refusal::new(
            format!("type `{}`", enum_type.name),
            "SQLite has no enumerated types",
        )),
    }
}

/// Whether an object that is not modelled can be written all the same, in the words of the file.
pub(super) fn writes(object: &OtherObject) -> bool {
    matches!(object.kind.as_str(), "trigger" | "view" | "virtual table") && object.sql.is_some()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or(String::new(), |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

fn add_column(
    table: &QualifiedName,
    column: &Column,
    fill: Option<&str>,
    to: &Schema,
) -> Vec<Statement> {
    let name = quote_name(BACKEND, table);
    let definition = stored_definition(table, column, to).unwrap_or_else(|| {
        let mut definition = column_definition(column, None);
        let key = to.tables.get(table).and_then(|table| {
            table.foreign_keys.iter().find(|key| key.columns == [column.name.clone()])
        });
        if let Some(key) = key {
            definition.push(' ');
            definition.push_str(&standard::references(BACKEND, key));
        }
        definition
    });
    let mut statements = vec![Statement::new(
        format!("Add `{table}.{}`.", column.name),
        format!("ALTER TABLE {name} ADD COLUMN {definition};"),
    )];
    if let Some(fill) = fill {
        statements.push(Statement::new(
            format!("What the rows that are there receive in `{}`.", column.name),
            format!("UPDATE {name} SET {} = {fill};", quote(BACKEND, &column.name)),
        ));
    }
    statements
}

/// A column that comes back does so in its own words. Not where they hold a comment, which could
/// take the semicolon with it, nor where the foreign key stands elsewhere.
fn stored_definition(table: &QualifiedName, column: &Column, to: &Schema) -> Option<String> {
    let table = to.tables.get(table)?;
    let stored = read_table(table.stored.as_deref()?).ok()?;
    let mut columns = stored.elements.iter().filter_map(|element| match &element.kind {
        ElementKind::Column(stored) => Some((element, stored)),
        ElementKind::Constraint(_) => None,
    });
    let (element, found) =
        columns.find(|(_, stored)| stored.name.eq_ignore_ascii_case(&column.name))?;
    let refers = found
        .constraints
        .iter()
        .any(|constraint| matches!(constraint.kind, ColumnConstraintKind::References(_)));
    let keyed = table.foreign_keys.iter().any(|key| key.columns == [column.name.clone()]);
    let definition = stored.slice(&element.range);
    (!has_comment(definition) && refers == keyed).then(|| definition.to_owned())
}

/// Whether there is anything but spaces between the tokens.
fn has_comment(sql: &str) -> bool {
    let Ok(tokens) = tokens(sql) else { return true };
    let ends = std::iter::once(0).chain(tokens.iter().map(|token| token.range.end));
    let starts = tokens.iter().map(|token| token.range.start);
    ends.zip(starts).any(|(end, start)| !sql[end..start].trim().is_empty())
}

/// The statement with its semicolon, which a comment at its end must not take in.
fn ended(sql: &str) -> String {
    if standard::ends_in_comment(sql) { format!("{sql}\n;") } else { format!("{sql};") }
}

/// A stored index comes back in its own words.
fn create_index(table: &QualifiedName, index: &Index) -> Result<Statement, Refusal> {
    let name = index.name.as_deref().unwrap_or_default();
    if let Some(foreign) = foreign_to_sqlite(index) {
        return Err(Refusal::new(
            format!("index `{name}`"),
            format!("SQLite's indexes have no {foreign}"),
        ));
    }
    let sql = match &index.stored {
        Some(stored) => ended(stored),
        None => standard::create_index(BACKEND, table, index),
    };
    Ok(Statement::new(format!("Index `{name}` of `{table}`."), sql))
}

/// What an index says that only other backends understand.
fn foreign_to_sqlite(index: &Index) -> Option<&'static str> {
    let any = |test: fn(&IndexPart) -> bool| index.parts.iter().any(test);
    let said = [
        (index.method.is_some(), "access method (`using`)"),
        (!index.include.is_empty(), "columns that are only stored (`include`)"),
        (any(|part| part.operator_class.is_some()), "operator classes (`opclass`)"),
        (any(|part| part.nulls.is_some()), "order of NULLs (`nulls first`, `nulls last`)"),
        (any(|part| part.length.is_some()), "prefix lengths"),
    ];
    said.iter().find(|(is_said, _)| *is_said).map(|(_, what)| *what)
}

fn create_view(view: &View) -> Result<Statement, Refusal> {
    let sql = match &view.stored {
        Some(stored) => ended(stored),
        None => {
            let definition = view.definition.trim_end();
            let tokens = tokens(definition).unwrap_or_default();
            if tokens.into_iter().any(|token| &definition[token.range] == ";") {
                let reason = "its SQL holds more than one statement; expected one SELECT";
                return Err(Refusal::new(format!("view `{}`", view.name), reason));
            }
            ended(&format!("CREATE VIEW {} AS\n{definition}", quote_name(BACKEND, &view.name)))
        }
    };
    Ok(Statement::new(format!("View `{}`.", view.name), sql))
}

/// The type of a column as it is declared; every column has one when it is rendered.
fn declared_type(column: &Column) -> String {
    column
        .sql_type
        .native
        .clone()
        .unwrap_or_else(|| Sqlite.native_type(column, &Schema::default()).unwrap_or_default())
}
