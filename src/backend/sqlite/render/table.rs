//! `CREATE TABLE`.

use super::{BACKEND, create_index, declared_type, ended, key};
use crate::backend::ident::{quote, quote_name};
use crate::backend::{Refusal, Statement, standard};
use crate::model::{Column, Identity, OtherObject, QualifiedName, Schema, Table};

/// The table, its indexes, and the triggers that came with it when it is one that comes back.
pub(super) fn create(table: &Table, to: &Schema) -> Result<Vec<Statement>, Refusal> {
    let sql = match &table.stored {
        Some(stored) => ended(stored),
        None => format!("{};", create_table(table)),
    };
    let mut statements = vec![Statement::new(format!("Create `{}`.", table.name), sql)];
    for index in &table.indexes {
        statements.push(create_index(&table.name, index)?);
    }
    statements.extend(triggers(&table.name, &to.others));
    Ok(statements)
}

/// The triggers of a table or view, in their own words.
pub(super) fn triggers<'a>(
    name: &'a QualifiedName,
    others: impl IntoIterator<Item = &'a OtherObject>,
) -> impl Iterator<Item = Statement> {
    let all = others.into_iter();
    let of_table = all.filter(move |other| other.kind == "trigger" && is_of(other, name));
    of_table.filter_map(|trigger| {
        let sql = trigger.sql.as_deref()?;
        Some(Statement::new(format!("Trigger `{}`, as it was.", trigger.name), format!("{sql};")))
    })
}

/// Whether an object belongs to a table or view. A trigger may spell it in another case.
pub(super) fn is_of(other: &OtherObject, name: &QualifiedName) -> bool {
    other.table.as_ref().is_some_and(|table| table.name.eq_ignore_ascii_case(&name.name))
}

/// `CREATE TABLE … (…)`, without a semicolon.
pub(in crate::backend::sqlite) fn create_table(table: &Table) -> String {
    let mut elements: Vec<String> = table
        .columns
        .iter()
        .map(|column| {
            let key = key::stands_with_column(table, column).then_some(table);
            column_definition(column, key)
        })
        .collect();
    let inline_key = table.columns.iter().any(|column| key::stands_with_column(table, column));
    if let (Some(key), false) = (&table.primary_key, inline_key) {
        elements.push(key::table_key(key, table));
    }
    elements.extend(table.uniques.iter().map(key::unique));
    elements.extend(table.checks.iter().map(key::check));
    elements.extend(table.foreign_keys.iter().map(|key| standard::foreign_key(BACKEND, key)));
    format!(
        "CREATE TABLE {} {}{}",
        quote_name(BACKEND, &table.name),
        standard::table_body(&elements),
        options(table)
    )
}

/// ` STRICT, WITHOUT ROWID`, or nothing.
pub(in crate::backend::sqlite) fn options(table: &Table) -> String {
    let words = [(table.options.strict, "STRICT"), (table.options.without_rowid, "WITHOUT ROWID")];
    let words: Vec<_> = words.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
    if words.is_empty() { String::new() } else { format!(" {}", words.join(", ")) }
}

/// One column: `"status" TEXT NOT NULL DEFAULT 'pending'`. `key` is the table when the column is
/// its sole primary key.
pub(in crate::backend::sqlite) fn column_definition(
    column: &Column,
    key: Option<&Table>,
) -> String {
    let mut sql = quote(BACKEND, &column.name);
    let mut add = |part: &str| {
        if !part.is_empty() {
            sql.push(' ');
            sql.push_str(part);
        }
    };
    add(&declared_type(column));
    if !column.nullable {
        add(&not_null_clause(column));
    }
    if let Some(key) = key.and_then(|table| table.primary_key.as_ref()) {
        add(&key::column_key(key, column.identity));
    }
    add(&collation_clause(column));
    add(&default_clause(column));
    add(&generated_clause(column));
    sql
}

fn named(name: Option<&String>) -> String {
    standard::constraint_name(BACKEND, name.map(String::as_str))
}

/// `CONSTRAINT "name" NOT NULL ON CONFLICT IGNORE`.
pub(in crate::backend::sqlite) fn not_null_clause(column: &Column) -> String {
    let options = &column.options;
    format!("{}NOT NULL{}", named(options.not_null.as_ref()), key::conflict(options.on_conflict))
}

/// `CONSTRAINT "name" COLLATE "NOCASE"`, or nothing.
pub(in crate::backend::sqlite) fn collation_clause(column: &Column) -> String {
    let Some(collation) = &column.collation else { return String::new() };
    format!("{}COLLATE {}", named(column.options.collation.as_ref()), quote(BACKEND, collation))
}

/// `CONSTRAINT "name" GENERATED ALWAYS AS (…) STORED`, or nothing.
pub(in crate::backend::sqlite) fn generated_clause(column: &Column) -> String {
    let Some(generated) = &column.generated else { return String::new() };
    let clause = standard::generated(&generated.expression, generated.storage);
    named(column.options.generated.as_ref()) + &clause
}

/// `CONSTRAINT "name" DEFAULT 'x'`, or nothing.
pub(in crate::backend::sqlite) fn default_clause(column: &Column) -> String {
    let Some(default) = &column.default else { return String::new() };
    named(column.options.default.as_ref()) + &default_value(default)
}

/// `DEFAULT 'x'`, or `DEFAULT (expression)`: SQLite wants parentheses around all but a literal
/// and the CURRENT_… words (<https://sqlite.org/syntax/column-constraint.html>).
fn default_value(expression: &str) -> String {
    if is_literal(expression) || is_current(expression) {
        format!("DEFAULT {expression}")
    } else {
        format!("DEFAULT ({expression})")
    }
}

fn is_current(expression: &str) -> bool {
    ["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"]
        .iter()
        .any(|word| expression.eq_ignore_ascii_case(word))
}

/// A number, a string, a blob or NULL, TRUE, FALSE.
pub(super) fn is_literal(expression: &str) -> bool {
    let text = expression.trim();
    let words = ["NULL", "TRUE", "FALSE"];
    if words.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return true;
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_number = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && (unsigned.parse::<f64>().is_ok() || unsigned.starts_with("0x"));
    is_number || is_string(text) || text.strip_prefix(['x', 'X']).is_some_and(is_string)
}

/// One string literal from end to end.
fn is_string(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) else {
        return false;
    };
    !inner.replace("''", "").contains('\'')
}

/// Whether the column is the rowid itself: it is never NULL, whatever its text says.
pub(in crate::backend::sqlite) fn is_rowid_alias(table: &Table, column: &Column) -> bool {
    table.sole_key() == Some(column.name.as_str())
        && matches!(column.identity, Identity::Rowid | Identity::ByDefault)
}

#[cfg(test)]
mod tests {
    use super::{default_value, is_literal};

    #[test]
    fn a_literal_needs_no_parentheses() {
        for literal in ["1", "-1.5", "'it''s'", "X'ab'", "null", "TRUE", "1e3", "0x1F"] {
            assert!(is_literal(literal), "{literal}");
        }
        for expression in ["'a' || 'b'", "1 + 1", "now()", "abs(-1)", "inf", "-", "'a'b'"] {
            assert!(!is_literal(expression), "{expression}");
        }
        assert_eq!(default_value("current_timestamp"), "DEFAULT current_timestamp");
        assert_eq!(default_value("1 + 1"), "DEFAULT (1 + 1)");
    }
}
