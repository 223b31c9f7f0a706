//! What SQLite 3.35 can change in place; the rest is a rebuild.
//!
//! Source: <https://sqlite.org/lang_altertable.html>, tried on 3.40 and 3.53.

use super::table::{is_literal, is_of};
use crate::backend::EngineVersion;
use crate::backend::sqlite::splice::drop_takes_comments;
use crate::backend::sqlite::{normalize, stored, traps};
use crate::diff::Operation;
use crate::model::{Column, ForeignKey, GeneratedStorage, IndexKey, Schema, Table};

/// `DROP COLUMN` came with 3.35.0; what else is done in place, the oldest version does that
/// migrations are written for.
pub(in crate::backend::sqlite) fn in_place_since(operation: &Operation) -> Option<EngineVersion> {
    matches!(operation, Operation::DropColumn { .. })
        .then_some(EngineVersion { major: 3, minor: 35 })
}

/// Whether the operation can be done in place, together with `others` on the same table.
pub(in crate::backend::sqlite) fn alters_in_place(
    operation: &Operation,
    table: &Table,
    to: &Schema,
    others: &[Operation],
) -> bool {
    match operation {
        Operation::RenameTable { .. }
        | Operation::RenameColumn { .. }
        | Operation::CreateIndex { .. }
        | Operation::DropIndex { .. }
        // From here on, these are no changes of a table that is there.
        | Operation::CreateTable { .. }
        | Operation::DropTable { .. }
        | Operation::CreateView { .. }
        | Operation::DropView { .. }
        | Operation::CreateEnum { .. }
        | Operation::DropEnum { .. }
        | Operation::AlterEnum { .. }
        | Operation::CreateDefinition { .. }
        | Operation::DropDefinition { .. }
        | Operation::AlterDefinition { .. }
        | Operation::CreateObject { .. }
        | Operation::DropObject { .. }
        | Operation::RebuildTable { .. } => true,
        Operation::AddColumn { column, fill, .. } => {
            can_add(column, fill.as_deref(), table, to, others)
        }
        Operation::DropColumn { column, .. } => can_drop(column, table, to),
        Operation::AddForeignKey { foreign_key, .. } => comes_with_column(foreign_key, others),
        Operation::DropForeignKey { foreign_key, .. } => {
            goes_with_column(foreign_key, table, others)
        }
        Operation::AlterTable { .. }
        | Operation::AlterColumn { .. }
        | Operation::AlterPrimaryKey { .. }
        | Operation::AddUnique { .. }
        | Operation::DropUnique { .. }
        | Operation::AddCheck { .. }
        | Operation::DropCheck { .. }
        | Operation::AddExclusion { .. }
        | Operation::RenamePart { .. }
        | Operation::DropExclusion { .. } => false,
    }
}

/// `ADD COLUMN` takes no STORED column, no default but a constant, NOT NULL only with a default
/// or on an empty table, and with foreign keys on a reference only with the default NULL.
fn can_add(
    column: &Column,
    fill: Option<&str>,
    table: &Table,
    to: &Schema,
    others: &[Operation],
) -> bool {
    if column.generated.as_ref().is_some_and(|g| g.storage == GeneratedStorage::Stored) {
        return false;
    }
    let constant = column.default.as_deref().is_none_or(is_literal)
        && !comes_back_with_parentheses(column, table, to);
    // The UPDATE of a fill would fire the table's triggers, and cannot make a column NOT NULL.
    let fill_is_plain = fill.is_none() || column.nullable && triggers(table, to).next().is_none();
    let referring = others.iter().any(|other| {
        matches!(other, Operation::AddForeignKey { foreign_key, .. }
            if foreign_key.columns.contains(&column.name))
    });
    constant && fill_is_plain && !(referring && column.default.is_some())
}

/// `ADD COLUMN` takes `DEFAULT (1)` for no constant, and the column must come back as it was.
fn comes_back_with_parentheses(column: &Column, table: &Table, to: &Schema) -> bool {
    let stored = to.tables.get(&table.name).and_then(|table| table.stored.as_deref());
    let Some(Ok(stored)) = stored.map(stored::read_table) else { return false };
    stored.elements.iter().any(|element| match &element.kind {
        stored::ElementKind::Column(found) => {
            found.name.eq_ignore_ascii_case(&column.name)
                && found.constraints.iter().any(|constraint| {
                    matches!(
                        constraint.kind,
                        stored::ColumnConstraintKind::Default { parenthesized: true, .. }
                    )
                })
        }
        stored::ElementKind::Constraint(_) => false,
    })
}

/// `DROP COLUMN` refuses a column that anything else mentions, rewrites texts in double quotes, and
/// takes comments along.
fn can_drop(column: &Column, table: &Table, to: &Schema) -> bool {
    let name = &column.name;
    let mentions = |sql: &str| normalize::mentions(sql, name);
    let Some(after) = to.tables.get(&table.name) else { return false };
    let in_index = after.indexes.iter().any(|index| {
        index.predicate.as_deref().is_some_and(mentions)
            || index.parts.iter().any(|part| match &part.key {
                IndexKey::Column(column) => column == name,
                IndexKey::Expression(sql) => mentions(sql),
            })
    });
    let in_generated = table.columns.iter().any(|other| {
        other.name != *name && other.generated.as_ref().is_some_and(|g| mentions(&g.expression))
    });
    let in_check = table.checks.iter().any(|check| mentions(&check.expression));
    let in_text = to.views.values().any(|view| mentions(&view.definition))
        || to.others.iter().any(|other| other.sql.as_deref().is_some_and(mentions));
    !table.is_key(name)
        && !table.uniques.iter().any(|unique| unique.columns.contains(name))
        && !in_index
        && !in_generated
        && !in_check
        && !in_text
        && !traps::is_requoted_by_a_drop(to)
        && !table.stored.as_deref().is_some_and(|text| drop_takes_comments(text, name))
        && !takes_a_check(table, name)
}

/// Whether a check of something else stands behind the column.
fn takes_a_check(table: &Table, name: &str) -> bool {
    let Some(Ok(read)) = table.stored.as_deref().map(stored::read_table) else { return false };
    let mut columns = read.columns().filter(|(_, column)| column.name.eq_ignore_ascii_case(name));
    let is_check = |constraint: &stored::ColumnConstraint| {
        matches!(constraint.kind, stored::ColumnConstraintKind::Check { .. })
    };
    columns.any(|(_, column)| column.constraints.iter().any(is_check))
}

/// A foreign key of one new column, without a name, can stand in the column's own definition.
fn comes_with_column(key: &ForeignKey, others: &[Operation]) -> bool {
    key.name.is_none()
        && key.columns.len() == 1
        && others.iter().any(|other| {
            matches!(other, Operation::AddColumn { column, .. } if column.name == key.columns[0])
        })
        && others
            .iter()
            .filter(|other| {
                matches!(other, Operation::AddForeignKey { foreign_key, .. }
                    if foreign_key.columns == key.columns)
            })
            .count()
            == 1
}

/// A foreign key goes with its column when it stands in the column's own definition: as stored, or
/// as `ADD COLUMN` wrote it when there is no stored text.
fn goes_with_column(key: &ForeignKey, table: &Table, others: &[Operation]) -> bool {
    let dropped = others.iter().any(|other| {
        matches!(other, Operation::DropColumn { column, .. } if key.columns == [column.name.clone()])
    });
    dropped
        && table.stored.as_deref().is_none_or(|text| {
            stored::read_table(text).is_ok_and(|read| {
                read.constraints().all(|(_, constraint)| match &constraint.kind {
                    stored::TableConstraintKind::ForeignKey { columns, .. } => {
                        !columns.iter().any(|c| c.name.eq_ignore_ascii_case(&key.columns[0]))
                    }
                    stored::TableConstraintKind::PrimaryKey { .. }
                    | stored::TableConstraintKind::Unique { .. }
                    | stored::TableConstraintKind::Check { .. } => true,
                })
            })
        })
}

fn triggers<'a>(table: &'a Table, schema: &'a Schema) -> impl Iterator<Item = ()> + 'a {
    schema
        .others
        .iter()
        .filter(|other| other.kind == "trigger" && is_of(other, &table.name))
        .map(|_| ())
}
