//! A live database to a [`Schema`].

mod assemble;
mod catalog;
mod objects;
mod queries;
mod view_text;

use diesel::connection::SimpleConnection as _;
use diesel::mysql::Mysql;
use diesel::{MysqlConnection, QueryableByName, RunQueryDsl as _, sql_query};

pub use catalog::catalog;

use super::Flavor;
use crate::backend::{DatabaseError, Dialect, Scope};
use crate::model::Schema;
pub(super) use view_text::without_database;

/// What the server says of itself.
#[derive(Clone, Debug)]
pub struct Server {
    /// Which of the two it is.
    pub flavor: Flavor,
    /// The database of the connection.
    pub database: String,
    /// The collation of a table that states none.
    pub collation: String,
    /// The engine of a table that states none.
    pub engine: String,
    /// Names of tables are kept in small letters (`lower_case_table_names` 1), or compared so (2).
    pub folds_tables: bool,
}

/// Asks the server what it is.
///
/// # Errors
/// When it does not answer, or the connection has chosen no database.
pub fn server(connection: &mut MysqlConnection) -> Result<Server, DatabaseError> {
    let doing = "asking the server what it is";
    let row: queries::Server =
        sql_query(queries::SERVER).get_result(connection).map_err(DatabaseError::query(doing))?;
    let database = row.database_name.ok_or_else(|| DatabaseError::Unreadable {
        object: "the database".to_owned(),
        reason: "the connection has chosen none; expected one in the URL: \
                 `mysql://user@host/database`"
            .to_owned(),
    })?;
    Ok(Server {
        flavor: Flavor::of(&row.version),
        database,
        collation: row.collation_name,
        engine: row.engine,
        folds_tables: row.folding != "0",
    })
}

/// The dialect of the server.
///
/// # Errors
/// As [`server`].
pub fn dialect(connection: &mut MysqlConnection) -> Result<&'static dyn Dialect, DatabaseError> {
    let server = server(connection)?;
    Ok(server.flavor.dialect(server.folds_tables))
}

/// Reads the database of the connection.
///
/// A fixed number of statements, whatever the number of tables. Collations, engines and the like
/// that a table or column has anyway are left out, and so are the tables of Diesel's and glowplug's
/// own history.
///
/// # Errors
/// When the server refuses a query, or the connection has chosen no database.
pub fn introspect(
    connection: &mut MysqlConnection,
    _scope: &Scope,
) -> Result<Schema, DatabaseError> {
    in_plain_mode(connection, read_all)
}

/// Runs with the server's texts as they are documented: under `ANSI_QUOTES` it writes names in
/// double quotes, and without backslashes it reads them otherwise.
pub(super) fn in_plain_mode<T>(
    connection: &mut MysqlConnection,
    work: impl FnOnce(&mut MysqlConnection) -> Result<T, DatabaseError>,
) -> Result<T, DatabaseError> {
    let mode = "SET @glowplug_mode = @@SESSION.sql_mode; SET SESSION sql_mode = ''";
    let failed = || DatabaseError::query("setting the mode of the session");
    connection.batch_execute(mode).map_err(failed())?;
    let result = work(connection);
    connection.batch_execute("SET SESSION sql_mode = @glowplug_mode").map_err(failed())?;
    result
}

fn read_all(connection: &mut MysqlConnection) -> Result<Schema, DatabaseError> {
    let server = server(connection)?;
    let (flavor, database) = (server.flavor, server.database.clone());
    let mut read = Reader { connection, database };
    let answers = assemble::Answers {
        tables: read.all(queries::TABLES, "reading the tables")?,
        columns: read.all(queries::COLUMNS, "reading the columns")?,
        keys: read.all(&queries::keys(flavor), "reading the indexes")?,
        foreign_keys: read.all(queries::FOREIGN_KEYS, "reading the foreign keys")?,
        actions: read.all(queries::ACTIONS, "reading the foreign keys")?,
        checks: read.all(&queries::checks(flavor), "reading the checks")?,
        views: read.all(queries::VIEWS, "reading the views")?,
        objects: objects::read(&mut read)?,
        server,
    };
    assemble::schema(answers)
}

/// Asks about one database.
struct Reader<'a> {
    connection: &'a mut MysqlConnection,
    database: String,
}

impl Reader<'_> {
    /// All rows of a query, in which `{db}` stands for the name of the database. A literal there is
    /// what makes the server look into one directory instead of all (manual, "Optimizing
    /// INFORMATION_SCHEMA Queries").
    fn all<R>(&mut self, sql: &str, doing: &str) -> Result<Vec<R>, DatabaseError>
    where
        R: QueryableByName<Mysql> + 'static,
    {
        let hex: String = self.database.bytes().map(|byte| format!("{byte:02x}")).collect();
        // A name may hold anything, and a literal's escapes depend on the session.
        let name = if self.database.contains(['\'', '\\']) {
            format!("CONVERT(x'{hex}' USING utf8mb4)")
        } else {
            format!("'{}'", self.database)
        };
        sql_query(sql.replace("{db}", &name))
            .load(self.connection)
            .map_err(DatabaseError::query(doing))
    }
}
