//! The complete definition of a column.

use super::spelling::{Spelling, Tail};
use super::{BACKEND, Context, types};
use crate::backend::ident::{literal, quote};
use crate::backend::mysql::Flavor;
use crate::backend::mysql::lexer::{Kind, tokens};
use crate::backend::mysql::spelling::parenthesised;
use crate::backend::{Refusal, standard};
use crate::model::{Column, QualifiedName};

/// `` `cost` DECIMAL(12,2) NOT NULL DEFAULT 0 COMMENT '…' ``: all there is to say.
pub(super) fn definition(
    table: &QualifiedName,
    column: &Column,
    context: Context<'_>,
) -> Result<String, Refusal> {
    let spelling = spelling(column, context)?;
    refuse_unknown(table, column, &spelling)?;
    let Tail { on_update, invisible, check, .. } = spelling.tail.clone();
    let mut sql = format!("{} {}", quote(BACKEND, &column.name), in_statement(&spelling));
    if let Some(collation) = &column.collation {
        // The collation says its character set.
        sql.push_str(&format!(" COLLATE {}", standard::collation(BACKEND, collation)));
    }
    if let Some(generated) = &column.generated {
        sql.push(' ');
        sql.push_str(&standard::generated(&generated.expression, generated.storage));
    }
    // MariaDB has no such word for a computed column.
    let computed = column.generated.is_some() && context.flavor == Flavor::MariaDb;
    if !column.nullable && !computed {
        sql.push_str(" NOT NULL");
    } else if spelling.name == "timestamp" && column.generated.is_none() {
        // Without `explicit_defaults_for_timestamp` a timestamp is NOT NULL unless it says NULL.
        sql.push_str(" NULL");
    }
    if let Some(default) = column.default.as_ref().filter(|_| column.generated.is_none()) {
        sql.push_str(&format!(" DEFAULT {}", default_value(default, &spelling, context.flavor)));
    }
    if let Some(now) = &on_update {
        sql.push_str(&format!(" ON UPDATE {}", now.to_ascii_uppercase()));
    }
    if types::is_auto_increment(column) {
        sql.push_str(" AUTO_INCREMENT");
    }
    if invisible {
        sql.push_str(" INVISIBLE");
    }
    if let Some(comment) = &column.comment {
        sql.push_str(&format!(" COMMENT {}", literal(BACKEND, comment)));
    }
    if let Some(check) = &check {
        sql.push_str(&format!(" CHECK ({check})"));
    }
    Ok(sql)
}

/// The native type in parts; a column of a plan has one.
pub(super) fn spelling(column: &Column, context: Context<'_>) -> Result<Spelling, Refusal> {
    let native = match &column.sql_type.native {
        Some(native) => native.clone(),
        None => types::native_type(column, context.to)?,
    };
    Ok(Spelling::read(&native))
}

fn refuse_unknown(
    table: &QualifiedName,
    column: &Column,
    spelling: &Spelling,
) -> Result<(), Refusal> {
    if spelling.tail.unknown.is_empty() {
        return Ok(());
    }
    Err(Refusal::new(
        format!("column `{table}.{}`", column.name),
        format!("`{}` in its type is not understood", spelling.tail.unknown),
    )
    .hint(
        "`type` takes a type and `unsigned`, `zerofill`, `invisible`, `on update …` or `check (…)`",
    ))
}

/// The type in capitals, its labels as they are.
fn in_statement(spelling: &Spelling) -> String {
    let mut sql = spelling.name.to_ascii_uppercase();
    if sql == "TINYINT" && spelling.arguments == ["1"] && !spelling.unsigned {
        return "BOOLEAN".to_owned();
    }
    if !spelling.arguments.is_empty() {
        let gap =
            if spelling.arguments.iter().any(|value| value.starts_with('\'')) { ", " } else { "," };
        sql.push_str(&format!("({})", spelling.arguments.join(gap)));
    }
    if spelling.unsigned {
        sql.push_str(" UNSIGNED");
    }
    if spelling.zerofill {
        sql.push_str(" ZEROFILL");
    }
    sql
}

/// A literal as it is; anything else in parentheses, which MySQL demands and MariaDB takes.
fn default_value(sql: &str, spelling: &Spelling, flavor: Flavor) -> String {
    let large = ["text", "blob", "json", "geometry", "point", "linestring", "polygon"];
    let is_large = large.iter().any(|word| spelling.name.contains(word));
    // MySQL gives a large value a default only by an expression.
    let bare = is_constant(sql) && (!is_large || flavor == Flavor::MariaDb) || is_now(sql);
    if bare { sql.trim().to_owned() } else { format!("({sql})") }
}

/// Whether an expression is one value that can be read without any row.
pub(super) fn is_constant(sql: &str) -> bool {
    let tokens = tokens(sql);
    match tokens.as_slice() {
        [only] => {
            matches!(only.kind, Kind::String | Kind::Number)
                || ["null", "true", "false"].iter().any(|word| only.is_word(word))
        }
        [sign, number] => {
            (sign.is_symbol("-") || sign.is_symbol("+")) && number.kind == Kind::Number
        }
        _ => false,
    }
}

/// `CURRENT_TIMESTAMP`, `now(3)`.
pub(super) fn is_now(sql: &str) -> bool {
    let tokens = tokens(sql);
    let words = ["current_timestamp", "now", "localtime", "localtimestamp"];
    let Some((first, rest)) = tokens.split_first() else { return false };
    words.iter().any(|word| first.is_word(word))
        && (rest.is_empty() || parenthesised(rest) == rest.len() && rest.len() <= 3)
}
