//! Every change of a column.

use super::column::{
    alter_column, comment, fill, keep, native, rename_not_null, set_default, set_not_null,
};
use super::identity::{self, Form};
use super::{BACKEND, limits, part, regenerate, types};
use crate::backend::ident::{quote, quote_name};
use crate::backend::{Refusal, Statement, standard};
use crate::model::{Column, GeneratedStorage, QualifiedName, Schema};

/// A change of a column: first what goes, then the type, the rows, and what comes. `schema` is the
/// one before the plan, `after_plan` the one after it.
pub(super) fn alter(
    table: &QualifiedName,
    from: &Column,
    to: &Column,
    fill: Option<&str>,
    schema: &Schema,
    after_plan: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    if to.generated.is_some() && from.generated != to.generated {
        return regenerate::regenerate(table, from, to, schema, after_plan);
    }
    let name = format!("{table}.{}", to.name);
    let (old, new) = (native(from, schema)?, native(to, schema)?);
    let retyped = old != new || from.collation != to.collation;
    let was_virtual =
        from.generated.as_ref().is_some_and(|it| it.storage == GeneratedStorage::Virtual);
    if was_virtual && to.generated.is_none() {
        return Err(Refusal::new(
            format!("column `{name}`"),
            "it is computed when it is read, so there are no values to keep",
        )
        .hint("make it `stored` in a migration before"));
    }
    let mut computed = Vec::new();
    if retyped {
        limits::may_be_retyped(table, &to.name, schema)?;
        computed = limits::computed_from(table, &to.name, schema, after_plan)?;
    }
    let mut around = regenerate::around(table, &computed, schema, after_plan)?;
    if retyped && types::respells(&old, &new) {
        around.spelt(table, &to.name)?;
    }
    let (before, after) = (Form::of(from), Form::of(to));
    if after == Form::Serial && identity::serial(&new).is_none() {
        return Err(Refusal::new(
            format!("column `{name}`"),
            format!("no sequence can fill the type `{new}`"),
        ));
    }

    let mut statements = around.before;
    let step = |why: String, action: &str| Statement::new(why, alter_column(table, to, action));
    if from.generated.is_some() && to.generated.is_none() {
        let why = format!("`{name}` is computed no more and keeps its values.");
        statements.push(step(why, "DROP EXPRESSION"));
    }
    if from.default.is_some() && (to.default.is_none() || retyped) {
        statements.push(step(format!("The old default of `{name}` goes."), "DROP DEFAULT"));
    }
    statements.extend(identity::leave(table, to, before, after));
    if retyped {
        statements.push(step(format!("The type of `{name}`."), &type_clause(to, &old, &new)));
        if before == Form::Serial && after == Form::Serial && old != new {
            statements.push(identity::retype_sequence(table, to, &new));
        }
    }
    // An identity is NOT NULL: so it comes after SET NOT NULL and goes before DROP NOT NULL.
    if !from.nullable && to.nullable {
        statements.push(step(format!("`{name}` may be NULL."), "DROP NOT NULL"));
    }
    if from.nullable && !to.nullable {
        statements.extend(become_not_null(table, to, fill, schema));
    }
    statements.extend(rename_not_null(table, from, to));
    let own = part::of_column(table, &to.name, schema, after_plan);
    let owner = part::owner_of(table, schema, after_plan);
    statements.extend(identity::enter(table, to, before, after, own, owner));
    if let Some(default) = &to.default
        && (from.default != to.default || retyped)
    {
        statements.push(set_default(table, to, default));
    }
    statements.extend(around.after);
    statements.extend(keep(table, from, to));
    if from.comment != to.comment {
        statements.push(comment(table, to));
    }
    Ok(statements)
}

fn become_not_null(
    table: &QualifiedName,
    column: &Column,
    value: Option<&str>,
    schema: &Schema,
) -> Vec<Statement> {
    let mut statements = Vec::new();
    if let Some(value) = value {
        let (name, sql) = (&column.name, quote(BACKEND, &column.name));
        let update = Statement::new(
            format!("What the rows without a `{name}` receive."),
            format!(
                "UPDATE {} SET {sql} = {value} WHERE {sql} IS NULL;",
                quote_name(BACKEND, table)
            ),
        );
        statements.extend(fill(table, schema, update));
    }
    statements.push(set_not_null(table, column));
    statements
}

/// `TYPE BIGINT`, with a USING where PostgreSQL has no cast that an assignment may use. Where it
/// has one, USING would do harm: an explicit cast cuts a text that is too long, an assignment
/// refuses it.
fn type_clause(to: &Column, old: &str, new: &str) -> String {
    let spelling = types::in_statement(new);
    let collate = match &to.collation {
        Some(collation) => format!(" COLLATE {}", standard::collation(BACKEND, collation)),
        None => String::new(),
    };
    let using = if old == new || types::assigns(old, new) {
        String::new()
    } else {
        format!(" USING {}::{spelling}", quote(BACKEND, &to.name))
    };
    format!("TYPE {spelling}{collate}{using}")
}
