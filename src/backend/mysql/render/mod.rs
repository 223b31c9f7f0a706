//! Operations to SQL. What changes on one table is one ALTER, with every changed column in its
//! complete definition: what a MODIFY leaves out, it takes away.

mod alter;
mod column;
mod foreign_keys;
mod limits;
mod script;
mod speed;
mod table;

use super::{Flavor, normalize, spelling, types};
use crate::backend::ident::{quote, quote_name};
use crate::backend::{Backend, Refusal, Statement, standard};
use crate::diff::Operation;
use crate::model::{QualifiedName, Schema, View};

pub(super) use script::script;

const BACKEND: Backend = Backend::Mysql;

/// What every part of a rendering needs to know.
#[derive(Clone, Copy)]
struct Context<'a> {
    /// The schema before the plan, and after it.
    from: &'a Schema,
    to: &'a Schema,
    flavor: Flavor,
}

/// The SQL of operations, in their order; those on one table stand where its first stands.
pub(super) fn render(
    operations: &[Operation],
    from: &Schema,
    to: &Schema,
    flavor: Flavor,
) -> Result<Vec<Statement>, Vec<Refusal>> {
    let context = Context { from, to, flavor };
    let mut refusals: Vec<Refusal> =
        operations.iter().filter_map(|operation| limits::check(operation, context).err()).collect();
    let detached = foreign_keys::detached(operations, context);
    let mut statements = Vec::new();
    let mut altered: Vec<&QualifiedName> = Vec::new();
    let last = operations.iter().rposition(|operation| alter::table_of(operation).is_some());
    for (at, operation) in operations.iter().enumerate() {
        let rendered = match alter::table_of(operation) {
            Some(table) if altered.contains(&table) => Ok(Vec::new()),
            Some(table) => {
                if altered.is_empty() {
                    statements.extend(detached.iter().map(foreign_keys::detach));
                }
                altered.push(table);
                let of_table = |other: &&Operation| alter::table_of(other) == Some(table);
                let operations: Vec<&Operation> = operations.iter().filter(of_table).collect();
                alter::alter(table, &operations, context)
            }
            None => alone(operation, context),
        };
        match rendered {
            Ok(rendered) => statements.extend(rendered),
            Err(refusal) => refusals.push(refusal),
        }
        if last == Some(at) {
            statements.extend(detached.iter().map(foreign_keys::attach));
        }
    }
    if refusals.is_empty() { Ok(statements) } else { Err(refusals) }
}

/// An operation that is a statement of its own.
fn alone(operation: &Operation, context: Context<'_>) -> Result<Vec<Statement>, Refusal> {
    match operation {
        Operation::CreateTable { table } => table::create(table, context),
        Operation::DropTable { table } => one(
            format!("Drop `{}`.", table.name),
            format!("DROP TABLE {};", quote_name(BACKEND, &table.name)),
        ),
        Operation::RenameTable { from, to } => one(
            format!("Rename `{from}` to `{to}`."),
            format!("RENAME TABLE {} TO {};", quote_name(BACKEND, from), quote_name(BACKEND, to)),
        ),
        Operation::RenameColumn { table, from, to } => one(
            format!("Rename `{table}.{from}` to `{to}`."),
            alter_table(
                table,
                &format!("RENAME COLUMN {} TO {}", quote(BACKEND, from), quote(BACKEND, to)),
            ),
        ),
        Operation::AddForeignKey { table, foreign_key } => one(
            format!("`{table}` refers to `{}`.", foreign_key.foreign_table),
            alter_table(table, &format!("ADD {}", standard::foreign_key(BACKEND, foreign_key))),
        ),
        Operation::DropForeignKey { table, foreign_key } => {
            let name = foreign_key.name.as_deref().unwrap_or_default();
            one(
                format!("Drop the foreign key `{name}` of `{table}`."),
                alter_table(table, &format!("DROP FOREIGN KEY {}", quote(BACKEND, name))),
            )
        }
        Operation::CreateView { view } => create_view(view),
        Operation::DropView { view } => one(
            format!("Drop the view `{}`.", view.name),
            format!("DROP VIEW {};", quote_name(BACKEND, &view.name)),
        ),
        Operation::CreateDefinition { definition }
        | Operation::DropDefinition { definition }
        | Operation::AlterDefinition { to: definition, .. } => {
            Err(Refusal::new(definition.title(), "MySQL has no object of this kind"))
        }
        Operation::CreateEnum { enum_type }
        | Operation::DropEnum { enum_type }
        | Operation::AlterEnum { to: enum_type, .. } => Err(Refusal::new(
            format!("type `{}`", enum_type.name),
            "MySQL has no types of its own: the labels stand with each column",
        )),
        Operation::AddExclusion { table, .. } | Operation::DropExclusion { table, .. } => {
            Err(Refusal::new(format!("table `{table}`"), "MySQL has no exclusion constraints"))
        }
        Operation::CreateObject { object } | Operation::DropObject { object } => {
            Err(Refusal::new(object.title(), "objects of this kind are not written on MySQL"))
        }
        // Only PostgreSQL asks for it.
        Operation::RenamePart { table, from, .. } => {
            Err(Refusal::new(format!("`{from}` of `{table}`"), "MySQL drops it and makes it anew"))
        }
        Operation::RebuildTable { from, .. } => Err(Refusal::new(
            format!("table `{}`", from.name),
            "MySQL changes it in place and never rebuilds it",
        )),
        Operation::AlterTable { .. }
        | Operation::AddColumn { .. }
        | Operation::DropColumn { .. }
        | Operation::AlterColumn { .. }
        | Operation::AlterPrimaryKey { .. }
        | Operation::AddUnique { .. }
        | Operation::DropUnique { .. }
        | Operation::AddCheck { .. }
        | Operation::DropCheck { .. }
        | Operation::CreateIndex { .. }
        | Operation::DropIndex { .. } => Ok(Vec::new()),
    }
}

fn one(why: String, sql: String) -> Result<Vec<Statement>, Refusal> {
    Ok(vec![Statement::new(why, sql)])
}

/// `ALTER TABLE `t` …;`
fn alter_table(table: &QualifiedName, action: &str) -> String {
    format!("ALTER TABLE {} {action};", quote_name(BACKEND, table))
}

/// Names in a sentence: `` `a`, `b` ``.
fn listed(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn create_view(view: &View) -> Result<Vec<Statement>, Refusal> {
    if view.materialized {
        return Err(Refusal::new(
            format!("view `{}`", view.name),
            "it is materialised, which MySQL does not know",
        ));
    }
    let definition = view.definition.trim().trim_end_matches(';').trim_end();
    one(
        format!("View `{}`.", view.name),
        format!("CREATE VIEW {} AS\n{definition};", quote_name(BACKEND, &view.name)),
    )
}

/// The complete definition of a column, outside of any plan.
pub(super) fn column_definition(
    table: &QualifiedName,
    column: &crate::model::Column,
    flavor: Flavor,
) -> Result<String, Refusal> {
    let nothing = Schema::default();
    column::definition(table, column, Context { from: &nothing, to: &nothing, flavor })
}
