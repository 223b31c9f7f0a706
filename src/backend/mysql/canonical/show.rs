//! Expressions through a temporary table: given to it, and read out of its `SHOW CREATE TABLE`.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{MysqlConnection, sql_query};

use crate::backend::ident::quote;
use crate::backend::mysql::Flavor;
use crate::backend::mysql::introspect::in_plain_mode;
use crate::backend::mysql::lexer::{Token, tokens};
use crate::backend::mysql::normalize::without_parentheses;
use crate::backend::mysql::spelling::parenthesised;
use crate::backend::{Backend, DatabaseError};
use crate::model::{CheckConstraint, Column, Identity, Table};

/// A name that no table of the application has.
const NAME: &str = "__glowplug_canonical";

#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = Text)]
    #[diesel(column_name = "Create Table")]
    text: String,
}

/// The table with its expressions as the server writes them; `None` where it refuses one.
pub(super) fn through_the_server(
    connection: &mut MysqlConnection,
    table: &Table,
    flavor: Flavor,
) -> Result<Option<Table>, DatabaseError> {
    let Ok(sql) = statement(table, flavor) else { return Ok(None) };
    in_plain_mode(connection, |connection| shown_table(connection, table, &sql))
}

fn shown_table(
    connection: &mut MysqlConnection,
    table: &Table,
    sql: &str,
) -> Result<Option<Table>, DatabaseError> {
    if connection.batch_execute(sql).is_err() {
        return Ok(None);
    }
    let shown: Shown = sql_query(format!("SHOW CREATE TABLE `{NAME}`"))
        .get_result(connection)
        .map_err(DatabaseError::query("asking the server for its text"))?;
    connection
        .batch_execute(&format!("DROP TEMPORARY TABLE `{NAME}`"))
        .map_err(DatabaseError::query("dropping a temporary table"))?;
    Ok(Some(read(table, &shown.text)))
}

/// The columns and checks alone: no keys, and nothing that a temporary table cannot have.
fn statement(table: &Table, flavor: Flavor) -> Result<String, crate::backend::Refusal> {
    let mut elements = Vec::new();
    for column in &table.columns {
        let bare = Column { identity: Identity::Unassigned, ..column.clone() };
        elements.push(flavor.dialect(false).column_definition(&table.name, &bare)?);
    }
    elements.extend(table.checks.iter().enumerate().map(|(at, check)| {
        format!(
            "CONSTRAINT {} CHECK ({})",
            quote(Backend::Mysql, &check_name(at)),
            check.expression
        )
    }));
    Ok(format!("CREATE TEMPORARY TABLE `{NAME}` ({})", elements.join(", ")))
}

fn check_name(at: usize) -> String {
    format!("c{at}")
}

/// Puts what the server shows in place.
fn read(table: &Table, text: &str) -> Table {
    let mut table = table.clone();
    for element in elements(&tokens(text)) {
        let Some(first) = element.first() else { continue };
        if first.is_word("CONSTRAINT") {
            check(&mut table.checks, text, element);
            continue;
        }
        let name = first.identifier().filter(|_| text[first.start..].starts_with('`'));
        let column = table.columns.iter_mut().find(|column| Some(&column.name) == name.as_ref());
        if let Some(column) = column {
            expressions(column, text, element);
        }
    }
    table
}

/// The elements between the outer parentheses. A name may hold a line break, so lines are none.
fn elements<'a, 't>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let Some(open) = tokens.iter().position(|token| token.is_symbol("(")) else {
        return Vec::new();
    };
    let inside = &tokens[open + 1..open + parenthesised(&tokens[open..]).max(2) - 1];
    let mut depth = 0_i32;
    let elements = inside.split(|token| {
        depth += i32::from(token.is_symbol("(")) - i32::from(token.is_symbol(")"));
        depth == 0 && token.is_symbol(",")
    });
    elements.collect()
}

fn check(checks: &mut [CheckConstraint], text: &str, tokens: &[Token<'_>]) {
    let name = tokens.get(1).and_then(Token::identifier);
    let own = checks.iter_mut().enumerate().find(|(at, _)| Some(check_name(*at)) == name);
    if let (Some((_, check)), Some(last)) = (own, tokens.last())
        && let Some(open) = tokens.iter().find(|token| token.is_symbol("("))
    {
        check.expression = without_parentheses(&text[open.start..last.end()]).to_owned();
    }
}

fn expressions(column: &mut Column, text: &str, tokens: &[Token<'_>]) {
    let place = |word: &str| {
        let mut depth = 0_i32;
        tokens.iter().position(|token| {
            depth += i32::from(token.is_symbol("(")) - i32::from(token.is_symbol(")"));
            depth == 0 && token.is_word(word)
        })
    };
    if let (Some(generated), Some(at)) = (&mut column.generated, place("AS")) {
        let rest = &tokens[at + 1..];
        if let Some(last) = rest.get(parenthesised(rest).saturating_sub(1)) {
            let inner = &text[rest[0].start..last.end()];
            generated.expression = without_parentheses(inner).to_owned();
        }
    }
    if let (Some(default), Some(at)) = (&mut column.default, place("DEFAULT")) {
        let rest = &tokens[at + 1..];
        let Some(first) = rest.first() else { return };
        // A value, with its sign or its parentheses.
        let call = rest.get(1).is_some_and(|token| token.is_symbol("("));
        let length = if first.is_symbol("(") {
            parenthesised(rest)
        } else if first.is_symbol("-") {
            2
        } else if call {
            1 + parenthesised(&rest[1..])
        } else {
            1
        };
        if let Some(last) = rest.get(length.saturating_sub(1)) {
            *default = without_parentheses(&text[first.start..last.end()]).to_owned();
        }
    }
}
