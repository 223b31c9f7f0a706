//! Options that say what a table or column has anyway.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{MysqlConnection, sql_query};

use crate::backend::DatabaseError;
use crate::backend::mysql::introspect::server;
use crate::model::{Schema, Table};

#[derive(QueryableByName)]
struct Charset {
    #[diesel(sql_type = Text)]
    charset: String,
    #[diesel(sql_type = Text)]
    collation: String,
}

const CHARSETS: &str = "\
SELECT CAST(CHARACTER_SET_NAME AS CHAR) AS charset, CAST(DEFAULT_COLLATE_NAME AS CHAR) AS collation \
FROM information_schema.CHARACTER_SETS";

/// A character set becomes its collation, and a collation that is inherited goes. Asks the server
/// only where something is stated that the database does not have.
pub(super) fn settle(
    connection: &mut MysqlConnection,
    from: &Schema,
    to: &mut Schema,
) -> Result<(), DatabaseError> {
    let open = |table: &Table| {
        let old = from.tables.get(&table.name);
        let options =
            table.options.others.keys().any(|name| name == "CHARSET" || name == "COLLATE");
        let same = old.is_some_and(|old| old.options == table.options);
        let columns = table.columns.iter().any(|column| {
            let before = old.and_then(|old| old.column(&column.name));
            column.collation.is_some() && before.is_none_or(|old| old.collation != column.collation)
        });
        options && !same || columns
    };
    if !to.tables.values().any(open) {
        return Ok(());
    }
    let usual = server(connection)?.collation;
    let charsets: Vec<Charset> = sql_query(CHARSETS)
        .load(connection)
        .map_err(DatabaseError::query("reading the character sets"))?;
    for table in to.tables.values_mut() {
        let others = &mut table.options.others;
        if let Some(stated) = others.get("CHARSET") {
            let found = charsets.iter().find(|row| row.charset.eq_ignore_ascii_case(stated));
            if let Some(row) = found {
                let collation = row.collation.clone();
                others.remove("CHARSET");
                others.insert("COLLATE".to_owned(), collation);
            }
        }
        if others.get("COLLATE").is_some_and(|stated| *stated == usual) {
            others.remove("COLLATE");
        }
        let inherited = others.get("COLLATE").unwrap_or(&usual).clone();
        for column in &mut table.columns {
            if column.collation.as_ref() == Some(&inherited) {
                column.collation = None;
            }
        }
    }
    Ok(())
}
