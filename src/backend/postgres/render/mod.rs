//! Operations to SQL. PostgreSQL alters everything in place; nothing here says CASCADE, so that
//! what depends on a dropped object stops the migration instead of going with it.

mod alter;
mod column;
mod definition;
mod enums;
mod identity;
mod limits;
mod part;
mod regenerate;
mod schema;
mod table;
mod view;

use super::{normalize, types};
use crate::backend::ident::{comment, literal, quote, quote_name};
use crate::backend::{Backend, IRREVERSIBLE, Refusal, Script, Statement, standard};
use crate::diff::{Operation, TableForm};
use crate::model::{Index, OtherObject, PrimaryKey, QualifiedName, Schema};

pub(super) use view::moves as moves_views;

const BACKEND: Backend = Backend::Postgres;

/// The SQL of one operation.
pub(super) fn render(
    operation: &Operation,
    from: &Schema,
    to: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    limits::check(operation)?;
    limits::not_inherited(operation, from)?;
    limits::loses_no_settings(operation, from, to)?;
    let mut statements = definition_of(operation, from, to)?;
    statements.extend(part::after(operation, from, to));
    Ok(statements)
}

fn definition_of(
    operation: &Operation,
    from: &Schema,
    to: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    match operation {
        Operation::CreateTable { table } => {
            Ok(in_schema(&table.name, from, table::create(table, to)?))
        }
        Operation::DropTable { table } => {
            limits::nothing_goes_along(&table.name, from)?;
            limits::no_other_stands_on(&table.name, from, to)?;
            one(
                format!("Drop `{}`.", table.name),
                format!("DROP TABLE {};", quote_name(BACKEND, &table.name)),
            )
        }
        Operation::RenameTable { from: old, to: new } => {
            Ok(in_schema(new, from, table::rename(old, new)))
        }
        Operation::AlterTable { table, from, to } => alter_table(table, from, to),
        Operation::AddColumn { table, column, fill } => {
            column::add(table, column, fill.as_deref(), to)
        }
        Operation::DropColumn { table, column } => {
            limits::nothing_stands_on(table, &column.name, from, to)?;
            one(
                format!("Drop `{table}.{}`.", column.name),
                alter(table, &format!("DROP COLUMN {}", quote(BACKEND, &column.name))),
            )
        }
        Operation::RenameColumn { table, from, to } => one(
            format!("Rename `{table}.{from}` to `{to}`."),
            alter(
                table,
                &format!("RENAME COLUMN {} TO {}", quote(BACKEND, from), quote(BACKEND, to)),
            ),
        ),
        Operation::AlterColumn { table, from: old, to: new, fill } => {
            alter::alter(table, old, new, fill.as_deref(), from, to)
        }
        Operation::AlterPrimaryKey { table, from: old, to: new } => {
            alter_primary_key(table, old.as_ref(), new.as_ref(), from, to)
        }
        Operation::AddUnique { table, unique } => one(
            format!("No two rows of `{table}` may share {}.", listed(&unique.columns)),
            alter(table, &format!("ADD {}", standard::unique(BACKEND, unique))),
        ),
        Operation::DropUnique { table, unique } => {
            limits::nothing_refers_to(table, &unique.columns, from, to)?;
            drop_constraint(table, unique.name.as_deref())
        }
        Operation::AddCheck { table, check } => one(
            match check.options.not_valid {
                true => format!("Every new row of `{table}` must satisfy this."),
                false => format!("Every row of `{table}` must satisfy this."),
            },
            alter(table, &format!("ADD {}", standard::check(BACKEND, check))),
        ),
        Operation::DropCheck { table, check } => drop_constraint(table, check.name.as_deref()),
        Operation::AddExclusion { table, exclusion } => one(
            format!("No two rows of `{table}` may be alike in this way."),
            alter(table, &format!("ADD {}", standard::exclusion(BACKEND, exclusion))),
        ),
        Operation::DropExclusion { table, exclusion } => {
            drop_constraint(table, exclusion.name.as_deref())
        }
        Operation::AddForeignKey { table, foreign_key } => one(
            format!("`{table}` refers to `{}`.", foreign_key.foreign_table),
            alter(table, &format!("ADD {}", standard::foreign_key(BACKEND, foreign_key))),
        ),
        Operation::DropForeignKey { table, foreign_key } => {
            drop_constraint(table, foreign_key.name.as_deref())
        }
        Operation::CreateIndex { table, index } => Ok(vec![create_index(table, index)]),
        Operation::DropIndex { table, index } => drop_index(table, index),
        Operation::RenamePart { table, index, from, to } => {
            Ok(vec![part::rename(table, *index, from, to)])
        }
        Operation::CreateView { view } => {
            Ok(in_schema(&view.name, from, view::create(view, from, to)))
        }
        Operation::DropView { view } => {
            limits::no_other_stands_on(&view.name, from, to)?;
            Ok(vec![view::drop(view, from, to)])
        }
        Operation::CreateEnum { enum_type } => {
            Ok(in_schema(&enum_type.name, from, vec![enums::create(enum_type)]))
        }
        Operation::DropEnum { enum_type } => {
            limits::no_other_stands_on(&enum_type.name, from, to)?;
            one(
                format!("Drop the type `{}`.", enum_type.name),
                format!("DROP TYPE {};", quote_name(BACKEND, &enum_type.name)),
            )
        }
        Operation::AlterEnum { from: old, to: new } => enums::alter(old, new, from, to),
        Operation::CreateDefinition { definition } => {
            Ok(in_schema(&definition.name, from, definition::create(definition)))
        }
        Operation::DropDefinition { definition } => definition::drop(definition, from, to),
        Operation::AlterDefinition { from: old, to: new } => definition::alter(old, new, from, to),
        Operation::CreateObject { object } | Operation::DropObject { object } => {
            Err(Refusal::new(object.title(), "objects of this kind are not written on PostgreSQL"))
        }
        Operation::RebuildTable { from, .. } => Err(Refusal::new(
            format!("table `{}`", from.name),
            "PostgreSQL changes it in place and never rebuilds it",
        )),
    }
}

/// The statements of a new object, behind its schema where that may be missing.
fn in_schema(name: &QualifiedName, from: &Schema, statements: Vec<Statement>) -> Vec<Statement> {
    schema::of(name, from).into_iter().chain(statements).collect()
}

fn one(why: String, sql: String) -> Result<Vec<Statement>, Refusal> {
    Ok(vec![Statement::new(why, sql)])
}

/// `ALTER TABLE "t" …;`
fn alter(table: &QualifiedName, action: &str) -> String {
    format!("ALTER TABLE {} {action};", quote_name(BACKEND, table))
}

/// An anonymous block, between dollar quotes that the text does not contain.
fn do_block(body: &str) -> String {
    let mut tag = "$glowplug$".to_owned();
    while body.contains(&tag) {
        tag.insert(1, '_');
    }
    format!("DO {tag} BEGIN\n{body}\nEND {tag};")
}

/// Fails with the reasons, before anything is changed.
pub(super) fn irreversible(refusals: &[Refusal]) -> Statement {
    let reasons: Vec<_> = refusals.iter().map(ToString::to_string).collect();
    let message = format!("this migration cannot be taken back: {}", reasons.join("; "));
    let raise = format!("RAISE EXCEPTION USING MESSAGE = {};", literal(BACKEND, &message));
    Statement::new(format!("{IRREVERSIBLE}: it fails, and changes nothing."), do_block(&raise))
}

/// Names in a sentence: `` `a`, `b` ``.
fn listed(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn drop_constraint(table: &QualifiedName, name: Option<&str>) -> Result<Vec<Statement>, Refusal> {
    let name = name.ok_or_else(|| {
        Refusal::new(format!("table `{table}`"), "a constraint without a name cannot be dropped")
    })?;
    one(
        format!("Drop the constraint `{name}` of `{table}`."),
        alter(table, &format!("DROP CONSTRAINT {}", quote(BACKEND, name))),
    )
}

fn alter_primary_key(
    table: &QualifiedName,
    old: Option<&PrimaryKey>,
    new: Option<&PrimaryKey>,
    from: &Schema,
    to: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    if let (Some(old), Some(new)) = (old, new)
        && let (Some(old_name), Some(new_name)) = (&old.name, &new.name)
        && old.columns == new.columns
        && old.options == new.options
    {
        let (old, new) = (quote(BACKEND, old_name), quote(BACKEND, new_name));
        return one(
            format!("Rename the primary key of `{table}`."),
            alter(table, &format!("RENAME CONSTRAINT {old} TO {new}")),
        );
    }
    let mut statements = Vec::new();
    if let Some(old) = old {
        limits::nothing_refers_to(table, &old.columns, from, to)?;
        statements.extend(drop_constraint(table, old.name.as_deref())?);
    }
    if let Some(new) = new {
        statements.push(Statement::new(
            format!("The primary key of `{table}` is {}.", listed(&new.columns)),
            alter(table, &format!("ADD {}", standard::primary_key(BACKEND, new))),
        ));
    }
    Ok(statements)
}

/// What a table says of itself: whether it is logged, its storage parameters, its comment.
fn alter_table(
    table: &QualifiedName,
    from: &TableForm,
    to: &TableForm,
) -> Result<Vec<Statement>, Refusal> {
    limits::no_options(table, &to.options)?;
    let mut statements = table::change_options(table, &from.options, &to.options);
    if from.comment != to.comment {
        statements.push(table_comment(table, to.comment.as_deref()));
    }
    Ok(statements)
}

fn table_comment(table: &QualifiedName, text: Option<&str>) -> Statement {
    let text = text.map_or_else(|| "NULL".to_owned(), |text| literal(BACKEND, text));
    Statement::new(
        format!("What `{table}` is."),
        format!("COMMENT ON TABLE {} IS {text};", quote_name(BACKEND, table)),
    )
}

/// From its parts, never from the stored text: that names the schema and may have an old name.
fn create_index(table: &QualifiedName, index: &Index) -> Statement {
    let name = index.name.as_deref().unwrap_or_default();
    Statement::new(
        format!("Index `{name}` of `{table}`."),
        standard::create_index(BACKEND, table, index),
    )
}

/// The index and its drop without a lock. A partitioned table cannot have it so (13 to 18).
pub(super) fn concurrently(operation: &Operation, from: &Schema) -> Option<[Statement; 2]> {
    let Operation::CreateIndex { table, index } = operation else { return None };
    let partitioned =
        |other: &OtherObject| other.kind == "partitioning" && other.table.as_ref() == Some(table);
    if from.others.iter().any(partitioned) {
        return None;
    }
    let without_lock = |statement: Statement| Statement {
        sql: statement.sql.replacen("INDEX ", "INDEX CONCURRENTLY ", 1),
        ..statement
    };
    let drop = drop_index(table, index).ok()?.into_iter().next()?;
    Some([create_index(table, index), drop].map(without_lock))
}

/// An index lives in the schema of its table.
fn drop_index(table: &QualifiedName, index: &Index) -> Result<Vec<Statement>, Refusal> {
    let name = index.name.as_deref().ok_or_else(|| {
        Refusal::new(format!("table `{table}`"), "an index without a name cannot be dropped")
    })?;
    one(
        format!("Drop the index `{name}` of `{table}`."),
        format!("DROP INDEX {};", quote_name(BACKEND, &table.sibling(name))),
    )
}

/// The text of up.sql or down.sql: every statement under its reason, all in one transaction.
pub(super) fn script(
    header: &[String],
    statements: &[Statement],
    _own_transaction: bool,
) -> Script {
    let mut blocks = Vec::with_capacity(statements.len() + 1);
    if !header.is_empty() {
        let lines: Vec<_> = header.iter().map(|line| format!("-- {}", comment(line))).collect();
        blocks.push(lines.join("\n"));
    }
    let statements = schema::once(statements).into_iter();
    blocks.extend(statements.map(|s| format!("-- {}\n{}", comment(&s.why), s.sql)));
    Script { sql: format!("{}\n", blocks.join("\n\n")), run_in_transaction: true }
}
