//! The server's own text of every object: the judge of a proof, independent of
//! [`introspect`](super::introspect).

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};
use diesel::{MysqlConnection, sql_query};

use super::{Reader, server, without_database};
use crate::backend::ident::quote;
use crate::backend::{Backend, CatalogEntry, DatabaseError};

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    owner: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    text: Option<String>,
}

#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = Text)]
    #[diesel(column_name = "Create Table")]
    text: String,
}

/// Tables by their name; everything else with its text.
const OBJECTS: &str = "\
SELECT CASE TABLE_TYPE WHEN 'SEQUENCE' THEN 'sequence' ELSE 'table' END AS kind, \
  CAST(TABLE_NAME AS CHAR) AS name, CAST(NULL AS CHAR) AS owner, CAST(NULL AS CHAR) AS text \
FROM information_schema.TABLES WHERE TABLE_SCHEMA = {db} AND TABLE_TYPE <> 'VIEW' \
  AND TABLE_NAME <> '__diesel_schema_migrations' AND TABLE_NAME NOT LIKE '|_|_glowplug%' ESCAPE '|' \
UNION ALL SELECT 'view', CAST(TABLE_NAME AS CHAR), NULL, \
  CONCAT_WS(' ', VIEW_DEFINITION, CHECK_OPTION, SECURITY_TYPE) \
FROM information_schema.VIEWS WHERE TABLE_SCHEMA = {db} \
UNION ALL SELECT 'trigger', CAST(TRIGGER_NAME AS CHAR), CAST(EVENT_OBJECT_TABLE AS CHAR), \
  CONCAT_WS(' ', ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER, ACTION_STATEMENT) \
FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = {db} \
UNION ALL SELECT LOWER(ROUTINE_TYPE), CAST(ROUTINE_NAME AS CHAR), NULL, \
  CONCAT_WS(' ', DTD_IDENTIFIER, IS_DETERMINISTIC, SQL_DATA_ACCESS, ROUTINE_DEFINITION) \
FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = {db} \
UNION ALL SELECT 'event', CAST(EVENT_NAME AS CHAR), NULL, \
  CONCAT_WS(' ', INTERVAL_VALUE, INTERVAL_FIELD, EXECUTE_AT, STATUS, EVENT_DEFINITION) \
FROM information_schema.EVENTS WHERE EVENT_SCHEMA = {db}";

/// The server's text of every object of the database, sorted: `SHOW CREATE TABLE` without the
/// places of columns and keys and without the next value of AUTO_INCREMENT, and the text of views,
/// triggers, routines and events.
///
/// # Errors
/// When the server refuses a query.
pub fn catalog(connection: &mut MysqlConnection) -> Result<Vec<CatalogEntry>, DatabaseError> {
    let database = server(connection)?.database;
    let mut read = Reader { connection, database: database.clone() };
    let found: Vec<Named> = read.all(OBJECTS, "reading the catalog")?;
    let mut entries = Vec::with_capacity(found.len());
    for row in found {
        let text = match row.kind.as_str() {
            "table" => lines(&shown(read.connection, &row.name)?),
            "view" => without_database(&row.text.unwrap_or_default(), &database),
            _ => row.text.unwrap_or_default(),
        };
        entries.push(CatalogEntry { kind: row.kind, name: row.name, table: row.owner, text });
    }
    entries.sort();
    Ok(entries)
}

fn shown(connection: &mut MysqlConnection, table: &str) -> Result<String, DatabaseError> {
    let sql = format!("SHOW CREATE TABLE {}", quote(Backend::Mysql, table));
    let shown: Shown = sql_query(sql)
        .get_result(connection)
        .map_err(DatabaseError::query(format!("reading the text of `{table}`")))?;
    Ok(shown.text)
}

/// The elements in the order of their text: a column that is dropped and added again stands last.
fn lines(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().map(|line| line.trim_end_matches(',')).collect();
    lines.sort_unstable();
    let lines: Vec<String> = lines.into_iter().map(without_next_value).collect();
    lines.join("\n")
}

/// `AUTO_INCREMENT=7` in the options is data.
fn without_next_value(line: &str) -> String {
    let Some((before, after)) =
        line.split_once(" AUTO_INCREMENT=").filter(|_| line.starts_with(')'))
    else {
        return line.to_owned();
    };
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    format!("{before}{rest}")
}
