//! The private copy: readable by nobody else, and gone from its directory as soon as it is open.

use std::io::Write as _;

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query};

use tempfile::NamedTempFile;

use super::super::ProveError;
use super::rows::scalar;
use crate::backend::ident::literal;
use crate::backend::{Backend, DatabaseError};

/// The largest file that is copied through memory, page by page as it is.
const IN_MEMORY_BYTES: i64 = 64 << 20;

/// A scratch database with the content of `connection`; an empty one for `None`.
pub(super) fn of(
    connection: Option<&mut SqliteConnection>,
) -> Result<SqliteConnection, ProveError> {
    // tempfile makes it with mode 0600.
    let mut file = tempfile::Builder::new().prefix("glowplug-proof-").tempfile().map_err(io)?;
    if let Some(connection) = connection {
        fill(&mut file, connection)?;
    }
    let path = file.into_temp_path();
    let mut scratch = SqliteConnection::establish(&path.to_string_lossy())
        .map_err(|error| unavailable(error.to_string()))?;
    // A journal in memory: none is left beside the file, which has lost its name by then. It also
    // ends the WAL mode that the copy may have inherited.
    scratch
        .batch_execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")
        .map_err(|error| unavailable(error.to_string()))?;
    // The file is open, and loses its name here.
    drop(path);
    Ok(scratch)
}

/// Writes the content into the file: what stands in the WAL too, and without a lock that writers
/// would notice.
fn fill(file: &mut NamedTempFile, connection: &mut SqliteConnection) -> Result<(), ProveError> {
    if size(connection)? > IN_MEMORY_BYTES {
        return vacuum_into(connection, &file.path().to_string_lossy())
            .map_err(|error| unavailable(format!("the copy could not be written: {error}")));
    }
    let serialized = connection.serialize_database_to_buffer();
    let bytes = serialized
        .try_as_slice()
        .map_err(|_| unavailable("the database does not fit into memory".to_owned()))?;
    file.write_all(bytes).map_err(io)
}

/// How many bytes the database has.
pub(super) fn size(connection: &mut SqliteConnection) -> Result<i64, ProveError> {
    let size = "SELECT page_count * page_size AS n FROM pragma_page_count, pragma_page_size";
    Ok(scalar(connection, size)?)
}

/// It writes nothing but the other file; `query_only` keeps it from that too.
fn vacuum_into(connection: &mut SqliteConnection, path: &str) -> diesel::QueryResult<()> {
    let query_only = sql_query("SELECT query_only AS n FROM pragma_query_only");
    let query_only: Vec<Setting> = query_only.load(connection)?;
    let path = literal(Backend::Sqlite, path);
    connection.batch_execute("PRAGMA query_only = OFF")?;
    let done = connection.batch_execute(&format!("VACUUM main INTO {path}"));
    if query_only.iter().any(|setting| setting.n != 0) {
        connection.batch_execute("PRAGMA query_only = ON")?;
    }
    done
}

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

pub(super) fn unavailable(what: String) -> ProveError {
    ProveError::Unavailable { what }
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn io(error: std::io::Error) -> ProveError {
    unavailable(format!("the copy could not be written: {error}"))
}

#[derive(QueryableByName)]
struct StoredText {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

/// The stored texts of all objects, and what else the rows of a file depend on.
pub(super) struct Schema {
    page_size: i64,
    encoding: String,
    texts: Vec<StoredText>,
}

impl Schema {
    /// Tables that a virtual table keeps for itself come with it, those of SQLite itself by
    /// themselves.
    pub(super) fn of(connection: &mut SqliteConnection) -> Result<Self, ProveError> {
        let texts = sql_query(
            "SELECT m.type AS kind, m.sql FROM main.sqlite_schema m \
             LEFT JOIN pragma_table_list l ON l.schema = 'main' AND l.name = m.name \
             WHERE m.sql IS NOT NULL AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
             AND coalesce(l.type, '') <> 'shadow' \
             ORDER BY instr('table index view trigger', m.type), m.rowid",
        );
        let encoding = sql_query("SELECT 'encoding' AS kind, encoding AS sql FROM pragma_encoding");
        let reading = || DatabaseError::query("reading the stored texts");
        let encoding: Vec<StoredText> = encoding.load(connection).map_err(reading())?;
        Ok(Self {
            page_size: scalar(connection, "SELECT page_size AS n FROM pragma_page_size")?,
            encoding: encoding.into_iter().map(|it| it.sql).collect(),
            texts: texts.load(connection).map_err(reading())?,
        })
    }

    /// A scratch database with the tables, empty.
    pub(super) fn tables(&self) -> Result<SqliteConnection, ProveError> {
        let mut scratch = of(None)?;
        let Self { page_size, encoding, .. } = self;
        let settings = format!("PRAGMA page_size = {page_size}; PRAGMA encoding = '{encoding}';");
        scratch.batch_execute(&settings).map_err(|error| unmade(&error))?;
        for StoredText { sql, .. } in self.texts.iter().filter(|text| text.kind == "table") {
            scratch.batch_execute(sql).map_err(|error| unmade(&error))?;
        }
        Ok(scratch)
    }

    /// Adds what is no table. Triggers come last: none has seen the rows.
    pub(super) fn others(&self, scratch: &mut SqliteConnection) -> Result<(), ProveError> {
        for StoredText { sql, .. } in self.texts.iter().filter(|text| text.kind != "table") {
            scratch.batch_execute(sql).map_err(|error| unmade(&error))?;
        }
        Ok(())
    }
}

fn unmade(error: &diesel::result::Error) -> ProveError {
    unavailable(format!("a copy without rows cannot be made: {error}"))
}

/// A scratch database with the same objects and no rows: each is made from its stored text.
pub(super) fn without_rows(
    connection: &mut SqliteConnection,
) -> Result<SqliteConnection, ProveError> {
    let schema = Schema::of(connection)?;
    let mut scratch = schema.tables()?;
    schema.others(&mut scratch)?;
    Ok(scratch)
}

/// A scratch database with the same objects, for what asks for no row: of a large database
/// nothing else is copied.
pub(super) fn of_catalog(
    connection: Option<&mut SqliteConnection>,
) -> Result<SqliteConnection, ProveError> {
    let Some(connection) = connection else { return of(None) };
    if size(connection)? > IN_MEMORY_BYTES {
        without_rows(connection)
    } else {
        of(Some(connection))
    }
}
