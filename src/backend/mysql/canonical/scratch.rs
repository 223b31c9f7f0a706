//! A database that is there for one question.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{MysqlConnection, sql_query};

use crate::backend::DatabaseError;
use crate::backend::mysql::introspect::{server, without_database};

#[derive(QueryableByName)]
struct Written {
    #[diesel(sql_type = Text)]
    text: String,
}

/// The server's text of a view; `None` where it refuses it, or a database for it.
pub(super) fn view(
    connection: &mut MysqlConnection,
    definition: &str,
) -> Result<Option<String>, DatabaseError> {
    let live = server(connection)?.database;
    let name = format!("glowplug_scratch_{}", std::process::id());
    if connection.batch_execute(&format!("CREATE DATABASE `{name}`")).is_err() {
        return Ok(None);
    }
    let definition = definition.trim().trim_end_matches(';');
    let made = connection.batch_execute(&format!("CREATE VIEW `{name}`.`v` AS {definition}"));
    let text = made.and_then(|()| {
        sql_query(format!(
            "SELECT CAST(VIEW_DEFINITION AS CHAR) AS text FROM information_schema.VIEWS \
             WHERE TABLE_SCHEMA = '{name}'"
        ))
        .get_result::<Written>(connection)
    });
    connection
        .batch_execute(&format!("DROP DATABASE `{name}`"))
        .map_err(DatabaseError::query("dropping the scratch database"))?;
    Ok(text.ok().map(|row| without_database(&row.text, &live)))
}
