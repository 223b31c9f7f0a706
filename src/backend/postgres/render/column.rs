//! Columns: their definition, and new ones.

use super::identity::{Form, serial};
use super::{BACKEND, alter as alter_table, types};
use crate::backend::ident::{literal, quote, quote_name};
use crate::backend::postgres::lexer::tokens;
use crate::backend::postgres::normalize::implied_name;
use crate::backend::{Refusal, Statement, standard};
use crate::model::{
    Column, Deferrable, DefinitionBody, Generated, GeneratedStorage, OtherObject, QualifiedName,
    Schema,
};

/// `"cost" NUMERIC(12,2) DEFAULT 0 NOT NULL`.
pub(super) fn definition(
    table: &QualifiedName,
    column: &Column,
    schema: &Schema,
) -> Result<String, Refusal> {
    let native = native(column, schema)?;
    let object = || format!("column `{table}.{}`", column.name);
    let mut sql = quote(BACKEND, &column.name);
    sql.push(' ');
    match Form::of(column) {
        Form::Serial => sql.push_str(serial(&native).ok_or_else(|| {
            Refusal::new(object(), format!("no sequence can fill the type `{native}`"))
        })?),
        Form::None => sql.push_str(&types::in_statement(&native)),
        form @ (Form::ByDefault | Form::Always) => {
            sql.push_str(&format!("{} {}", types::in_statement(&native), form.clause()));
        }
    }
    if let Some(collation) = &column.collation {
        sql.push_str(&format!(" COLLATE {}", standard::collation(BACKEND, collation)));
    }
    if let Some(generated) = &column.generated {
        sql.push_str(&format!(" {}", generated_clause(generated, schema, object)?));
    }
    if let Some(default) = &column.default {
        sql.push_str(&format!(" DEFAULT {}", default_expression(default)));
    }
    if !column.nullable {
        if let Some(name) = &column.options.not_null {
            sql.push_str(&format!(" CONSTRAINT {}", quote(BACKEND, name)));
        }
        sql.push_str(" NOT NULL");
    }
    Ok(sql)
}

fn generated_clause(
    generated: &Generated,
    schema: &Schema,
    object: impl Fn() -> String,
) -> Result<String, Refusal> {
    let since_18 = schema.server.version.is_some_and(|version| version >= 180_000);
    match generated.storage {
        GeneratedStorage::Virtual if !since_18 => Err(Refusal::new(
            object(),
            "PostgreSQL before 18 computes no column when it is read; only `stored` works",
        )
        .hint(format!("generated \"{}\" stored;", generated.expression))),
        GeneratedStorage::Stored | GeneratedStorage::Virtual => {
            Ok(standard::generated(&generated.expression, generated.storage))
        }
    }
}

/// A default in CREATE TABLE is a restricted expression (`b_expr` in `gram.y`): `AND`, `IN`, `IS`
/// and their like need parentheses.
fn default_expression(sql: &str) -> String {
    const WORDS: &[&str] = &[
        "and", "at", "between", "collate", "ilike", "in", "is", "isnull", "like", "not", "notnull",
        "or", "similar",
    ];
    let mut depth = 0_i32;
    let needed = tokens(sql).iter().any(|token| {
        depth += i32::from(token.is_symbol("(")) - i32::from(token.is_symbol(")"));
        depth == 0 && WORDS.iter().any(|word| token.is_word(word))
    });
    if needed { format!("({sql})") } else { sql.to_owned() }
}

/// The native type; a column of a plan has one.
pub(super) fn native(column: &Column, schema: &Schema) -> Result<String, Refusal> {
    match &column.sql_type.native {
        Some(native) => Ok(types::normalize_type(native)),
        None => types::native_type(column, schema),
    }
}

pub(super) fn comment(table: &QualifiedName, column: &Column) -> Statement {
    let text = match &column.comment {
        Some(text) => literal(BACKEND, text),
        None => "NULL".to_owned(),
    };
    Statement::new(
        format!("What `{table}.{}` is.", column.name),
        format!(
            "COMMENT ON COLUMN {}.{} IS {text};",
            quote_name(BACKEND, table),
            quote(BACKEND, &column.name)
        ),
    )
}

/// A new column. Rows that are there take the default, or `value`.
pub(super) fn add(
    table: &QualifiedName,
    column: &Column,
    value: Option<&str>,
    schema: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    let mut statements = Vec::new();
    let value = value.filter(|_| column.generated.is_none());
    // With a fill, the default and NOT NULL come after the rows have their values; a type that
    // takes no NULL needs them at once.
    let at_once = value.filter(|_| takes_no_null(column, schema));
    let bare = match value.filter(|_| at_once.is_none()) {
        Some(_) => Column { nullable: true, default: None, ..column.clone() },
        None => Column {
            default: at_once.map(str::to_owned).or_else(|| column.default.clone()),
            ..column.clone()
        },
    };
    statements.push(Statement::new(
        format!("Add `{table}.{}`.", column.name),
        alter_table(table, &format!("ADD COLUMN {}", definition(table, &bare, schema)?)),
    ));
    if at_once.is_some() {
        statements.push(match &column.default {
            Some(default) => set_default(table, column, default),
            None => Statement::new(
                format!("Rows to come say their `{}` themselves.", column.name),
                alter_column(table, column, "DROP DEFAULT"),
            ),
        });
    } else if let Some(value) = value {
        let name = quote(BACKEND, &column.name);
        let update = Statement::new(
            format!("What the rows that are there receive in `{}`.", column.name),
            format!("UPDATE {} SET {name} = {value};", quote_name(BACKEND, table)),
        );
        statements.extend(fill(table, schema, update));
        if let Some(default) = &column.default {
            statements.push(set_default(table, column, default));
        }
        if !column.nullable {
            statements.push(set_not_null(table, column));
        }
    }
    statements.extend(kept(table, column));
    if column.comment.is_some() {
        statements.push(comment(table, column));
    }
    Ok(statements)
}

/// Whether the type is a domain that is NOT NULL.
fn takes_no_null(column: &Column, schema: &Schema) -> bool {
    let mut native = column.sql_type.native.as_deref().unwrap_or_default();
    for _ in 0..=schema.definitions.len() {
        let domain = schema.definitions.iter().find_map(|definition| match &definition.body {
            DefinitionBody::Domain(domain) if definition.name.is_spelt(native) => Some(domain),
            _ => None,
        });
        match domain {
            Some(domain) if domain.not_null => return true,
            Some(domain) => native = &domain.native,
            None => return false,
        }
    }
    false
}

/// The UPDATE of a fill. It fires no trigger of the application, so that it writes nowhere else; one
/// that was switched off before stays so.
pub(super) fn fill(
    table: &QualifiedName,
    schema: &Schema,
    update: Statement,
) -> impl Iterator<Item = Statement> {
    let triggers = schema
        .others
        .iter()
        .filter(|other| other.kind.ends_with("trigger") && other.table.as_ref() == Some(table));
    let triggers: Vec<_> = triggers.collect();
    let all = triggers.iter().all(|trigger| trigger.kind == "trigger");
    let switch = |why: &str, word: &str| {
        let one = |trigger: &&OtherObject| {
            let how = match (word, trigger.kind.as_str()) {
                ("ENABLE", "always trigger") => "ENABLE ALWAYS",
                (word, "trigger" | "always trigger") => word,
                _ => return None,
            };
            Some(format!("{how} TRIGGER {}", quote(BACKEND, &trigger.name.name)))
        };
        let actions = match all && !triggers.is_empty() {
            true => format!("{word} TRIGGER USER"),
            false => triggers.iter().filter_map(one).collect::<Vec<_>>().join(", "),
        };
        (!actions.is_empty()).then(|| Statement::new(why, alter_table(table, &actions)))
    };
    let off = switch("The triggers of the application have no part in it.", "DISABLE");
    let on = switch("The triggers of the application again.", "ENABLE");
    off.into_iter().chain([update]).chain(settle(table, schema)).chain(on)
}

/// After an UPDATE, a table with a deferred foreign key has pending trigger events, and PostgreSQL
/// refuses to alter it before they have run.
pub(super) fn settle(table: &QualifiedName, schema: &Schema) -> Option<Statement> {
    let deferred = schema.tables.values().any(|other| {
        other.foreign_keys.iter().any(|key| {
            key.deferrable == Deferrable::InitiallyDeferred
                && (other.name == *table || key.foreign_table == *table)
        })
    });
    deferred.then(|| {
        Statement::new(
            "Check deferred references now: a table with checks pending cannot be altered.",
            "SET CONSTRAINTS ALL IMMEDIATE;",
        )
    })
}

/// `ALTER TABLE "t" ALTER COLUMN "c" …;`
pub(super) fn alter_column(table: &QualifiedName, column: &Column, action: &str) -> String {
    alter_table(table, &format!("ALTER COLUMN {} {action}", quote(BACKEND, &column.name)))
}

/// How long values of a new column are kept, where that is stated.
pub(super) fn kept(table: &QualifiedName, column: &Column) -> Vec<Statement> {
    let bare = Column::new(column.name.clone(), column.sql_type.clone());
    keep(table, &bare, column)
}

/// A change of how long values are kept. Rows that are there stay as they are.
pub(super) fn keep(table: &QualifiedName, from: &Column, to: &Column) -> Vec<Statement> {
    let mut statements = Vec::new();
    let why = |what: &str| format!("How long values of `{table}.{}` are {what}.", to.name);
    if from.storage != to.storage {
        // The usual way of a type has no word before PostgreSQL 16.
        let storage = to.storage.clone().unwrap_or_else(|| usual_storage(to));
        let action = format!("SET STORAGE {}", storage.to_uppercase());
        statements.push(Statement::new(why("kept"), alter_column(table, to, &action)));
    }
    if from.compression != to.compression {
        let method = to.compression.as_deref().unwrap_or("default");
        let action = format!("SET COMPRESSION {method}");
        statements.push(Statement::new(why("compressed"), alter_column(table, to, &action)));
    }
    statements
}

/// Types of variable length are `EXTENDED` but for `numeric` and the network addresses, and what
/// has a fixed length is `PLAIN` (`pg_type.typstorage`).
fn usual_storage(column: &Column) -> String {
    let native = column.sql_type.native.as_deref().unwrap_or_default();
    let main = ["numeric", "inet", "cidr"].iter().any(|it| native.starts_with(it));
    if main && !native.ends_with("[]") { "MAIN" } else { "EXTENDED" }.to_owned()
}

pub(super) fn set_default(table: &QualifiedName, column: &Column, default: &str) -> Statement {
    Statement::new(
        format!("The default of `{table}.{}`.", column.name),
        alter_column(table, column, &format!("SET DEFAULT {default}")),
    )
}

pub(super) fn set_not_null(table: &QualifiedName, column: &Column) -> Statement {
    let sql = match &column.options.not_null {
        Some(name) => {
            let (name, column) = (quote(BACKEND, name), quote(BACKEND, &column.name));
            alter_table(table, &format!("ADD CONSTRAINT {name} NOT NULL {column}"))
        }
        None => alter_column(table, column, "SET NOT NULL"),
    };
    Statement::new(format!("`{table}.{}` holds no NULL.", column.name), sql)
}

/// Another name for NOT NULL (since 18).
pub(super) fn rename_not_null(
    table: &QualifiedName,
    from: &Column,
    to: &Column,
) -> Option<Statement> {
    let named = |column: &Column| {
        let implied = || implied_name(&table.name, Some(&column.name), "not_null");
        column.options.not_null.clone().unwrap_or_else(implied)
    };
    let (old, new) = (named(from), named(to));
    let rename = format!("RENAME CONSTRAINT {} TO {}", quote(BACKEND, &old), quote(BACKEND, &new));
    (old != new && !from.nullable && !to.nullable).then(|| {
        let why = format!("NOT NULL of `{table}.{}` is called `{new}`.", to.name);
        Statement::new(why, alter_table(table, &rename))
    })
}
