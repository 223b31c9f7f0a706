//! SQLite takes a name in double quotes that is no column for a text, and a text for the column as soon
//! as there is one (<https://sqlite.org/quirks.html#dblquote>): what a change must not turn into the
//! other without a word.

use std::collections::{BTreeMap, BTreeSet};

use diesel::SqliteConnection;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::super::{ProveError, Stage};
use super::still::{self, Object};
use crate::backend::ident::literal;
use crate::backend::sqlite::stored::{TokenKind, tokens, unquote};
use crate::backend::sqlite::texts_in_double_quotes;
use crate::backend::{Backend, DatabaseError};
use crate::model::{IndexKey, Schema, Table};

/// Checks, computed columns and indexes that stay as they are and read something else.
pub(super) fn captured(stage: Stage, from: &Schema, to: &Schema) -> Result<(), ProveError> {
    for table in to.tables.values() {
        let Some(old) = from.tables.get(&table.name) else { continue };
        let stays: BTreeSet<&str> = expressions(old).into_iter().collect();
        for sql in expressions(table).into_iter().filter(|sql| stays.contains(sql)) {
            let (before, after) =
                (texts_in_double_quotes(old, sql), texts_in_double_quotes(table, sql));
            if before != after {
                let changed = before
                    .iter()
                    .chain(&after)
                    .find(|text| before.contains(text) != after.contains(text));
                let name = changed.cloned().unwrap_or_default();
                return Err(broken(stage, format!("table `{}`", table.name), &name));
            }
        }
    }
    Ok(())
}

fn broken(stage: Stage, object: String, name: &str) -> ProveError {
    let message = format!(
        "{name} in double quotes is a column on one side of the change and a text on the other; \
         write a text in single quotes"
    );
    ProveError::Broken { stage, object, message }
}

fn expressions(table: &Table) -> Vec<&str> {
    let mut found: Vec<&str> = table.checks.iter().map(|it| it.expression.as_str()).collect();
    let computed = table.columns.iter().filter_map(|column| column.generated.as_ref());
    found.extend(computed.map(|generated| generated.expression.as_str()));
    for index in &table.indexes {
        found.extend(index.predicate.as_deref());
        found.extend(index.parts.iter().filter_map(|part| match &part.key {
            IndexKey::Expression(sql) => Some(sql.as_str()),
            IndexKey::Column(_) => None,
        }));
    }
    found
}

/// Views and triggers that are on both sides and read something else. SQLite itself is asked, with
/// the name in brackets, which are never a text.
pub(super) fn same(
    original: &mut SqliteConnection,
    scratch: &mut SqliteConnection,
    stage: Stage,
) -> Result<(), ProveError> {
    if !quotes_anything(original)? {
        return Ok(());
    }
    let (before, after) = (columns(original)?, columns(scratch)?);
    let all: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let none = BTreeSet::new();
    let of = |side: &'_ Columns, object: &String| side.get(object).unwrap_or(&none).clone();
    let names: BTreeSet<String> = all
        .into_iter()
        .flat_map(|object| {
            let (before, after) = (of(&before, object), of(&after, object));
            before.symmetric_difference(&after).cloned().collect::<Vec<_>>()
        })
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    let (before, after) = (readings(original, &names)?, readings(scratch, &names)?);
    for ((object, name), texts) in before {
        let now = after.get(&(object.clone(), name.clone()));
        if now.is_some_and(|now| differ(&texts, now)) {
            return Err(broken(stage, object.clone(), &format!("\"{name}\"")));
        }
    }
    Ok(())
}

/// Whether a place is a text on one side only; in another text the places are other ones, and one that
/// is a text counts.
fn differ(before: &[Option<bool>], after: &[Option<bool>]) -> bool {
    let any = |places: &[Option<bool>]| places.contains(&Some(true));
    match before.len() == after.len() {
        true => before.iter().zip(after).any(|pair| match pair {
            (Some(before), Some(after)) => before != after,
            _ => false,
        }),
        false => any(before) != any(after),
    }
}

/// Whether there is a view or trigger that could say one thing and mean the other.
fn quotes_anything(connection: &mut SqliteConnection) -> Result<bool, DatabaseError> {
    let objects = still::objects(connection)?;
    Ok(objects.iter().any(|object| object.kind != "virtual" && object.sql.contains('"')))
}

/// The columns of tables and views, in small letters.
type Columns = BTreeMap<String, BTreeSet<String>>;

fn columns(connection: &mut SqliteConnection) -> Result<Columns, DatabaseError> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        object: String,
        #[diesel(sql_type = Text)]
        name: String,
    }
    let tables = "SELECT m.name AS object, c.name AS name \
        FROM main.sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type = 'table'";
    let mut rows: Vec<Row> = diesel::sql_query(tables)
        .load(connection)
        .map_err(DatabaseError::query("reading the columns"))?;
    for view in still::objects(connection)?.iter().filter(|object| object.kind == "view") {
        let view = literal(Backend::Sqlite, &view.name);
        let sql = format!("SELECT {view} AS object, name FROM pragma_table_info({view})");
        // One that is broken has none.
        rows.extend(diesel::sql_query(sql).load::<Row>(connection).unwrap_or_default());
    }
    let mut found = Columns::new();
    for row in rows {
        found.entry(row.object.to_lowercase()).or_default().insert(row.name.to_lowercase());
    }
    Ok(found)
}

/// By object and name, for each place: whether it is a text. `None` where SQLite cannot tell.
type Readings = BTreeMap<(String, String), Vec<Option<bool>>>;

/// Whether each of the names, at each place where an object says it in double quotes, is a text there.
fn readings(
    connection: &mut SqliteConnection,
    names: &BTreeSet<String>,
) -> Result<Readings, DatabaseError> {
    let mut found = Readings::new();
    for object in still::objects(connection)?.iter().filter(|object| object.kind != "virtual") {
        let Ok(all) = tokens(&object.sql) else { continue };
        for (at, token) in all.iter().enumerate() {
            let written = &object.sql[token.range.clone()];
            let name = unquote(written).to_lowercase();
            let follows = all.get(at + 1).map(|next| &object.sql[next.range.clone()]);
            let is_name = token.kind == TokenKind::Quoted
                && written.starts_with('"')
                && !matches!(follows, Some("." | "("));
            if !is_name || !names.contains(&name) || name.contains('`') {
                continue;
            }
            let mut sql = object.sql.clone();
            sql.replace_range(token.range.clone(), &format!("`{}`", unquote(written)));
            let told = format!("{} `{}`", object.kind, object.name);
            found.entry((told, name)).or_default().push(is_text(connection, object, &sql));
        }
    }
    Ok(found)
}

/// Whether the object cannot be used with the name in other quotes. `None` where it cannot be used
/// anyway.
fn is_text(connection: &mut SqliteConnection, object: &Object, sql: &str) -> Option<bool> {
    let works = |connection: &mut SqliteConnection| {
        let uses = still::uses(connection, object, &mut BTreeMap::new());
        uses.iter().map(Result::is_ok).collect::<Vec<_>>()
    };
    let before = works(connection);
    if !before.contains(&true) {
        return None;
    }
    let kind = object.kind.to_uppercase();
    let name = crate::backend::ident::quote(Backend::Sqlite, &object.name);
    let replace = format!("SAVEPOINT reading; DROP {kind} {name}; {sql}\n;");
    let replaced = connection.batch_execute(&replace).is_ok();
    let now = if replaced { works(connection) } else { vec![false; before.len()] };
    // Fails only where there is no savepoint to go back to.
    let _ = connection.batch_execute("ROLLBACK TO reading; RELEASE reading;");
    Some(before.iter().zip(&now).any(|(before, now)| *before && !now))
}
