//! SQLite: the stored text, the types, and what introspection reads from real databases.

mod introspect;
mod keys;
mod large;
mod letters;
mod names;
mod normalize;
mod oldest;
mod places;
pub(crate) mod random;
mod real_files;
mod rowids;
mod standing;
mod stored;
mod texts;
mod traps;
mod types;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;

/// A database in memory, made by this SQL.
fn database(sql: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(":memory:").expect("SQLite opens");
    connection.batch_execute(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    connection
}

#[derive(QueryableByName)]
struct Text {
    #[diesel(sql_type = diesel::sql_types::Text)]
    text: String,
}

/// The first column of one row, which the query calls `text`.
fn text(connection: &mut SqliteConnection, sql: &str) -> String {
    diesel::sql_query(sql).get_result::<Text>(connection).expect(sql).text
}
