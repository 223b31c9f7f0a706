//! A database as Diesel CLI's `print-schema` prints it: the same `table!`s, byte for byte.
//!
//! [`pull`](crate::pull) says everything that a database holds; this says what Diesel CLI says, so
//! that a project can change tools and see no difference in its schema.rs. What is read is a fixed
//! number of statements, whatever the number of tables.

mod joins;
#[cfg(feature = "mysql")]
mod mysql;
mod names;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;
mod table;
mod types;
mod writer;

use regex::Regex;

use crate::backend::DatabaseError;
use crate::connection::AnyConnection;
use table::Catalog;

/// What is printed, and how: the keys of diesel.toml's `[print_schema]`.
#[derive(Clone, Debug)]
pub struct PrintOptions {
    /// The schema, if it is not the default one.
    pub schema: Option<String>,
    /// Which tables.
    pub filter: Filter,
    /// Whether comments are printed.
    pub docs: Docs,
    /// Which tables `allow_tables_to_appear_in_same_query!` names together.
    pub groups: Groups,
    /// The order of the columns.
    pub sorting: Sorting,
    /// What each `table!` uses.
    pub import_types: Option<Vec<String>>,
    /// Whether a module `sql_types` defines the types that Diesel does not know.
    pub generate_missing_types: bool,
    /// The Rust names of types that `sql_types` leaves out.
    pub except_custom_types: Vec<Regex>,
    /// What the types of `sql_types` derive.
    pub custom_type_derives: Vec<String>,
    /// Whether a rowid, and a reference to one, is a `BigInt` (SQLite).
    pub integer_keys_are_bigint: bool,
    /// The domains that are types of their own (PostgreSQL).
    pub domains_as_types: Vec<Regex>,
}

impl Default for PrintOptions {
    fn default() -> Self {
        Self {
            schema: None,
            filter: Filter::All,
            docs: Docs::None,
            groups: Groups::AllTables,
            sorting: Sorting::Ordinal,
            import_types: None,
            generate_missing_types: true,
            except_custom_types: Vec::new(),
            custom_type_derives: Vec::new(),
            integer_keys_are_bigint: false,
            domains_as_types: Vec::new(),
        }
    }
}

/// Which tables are printed, by expressions that are sought anywhere in the name.
#[derive(Clone, Debug, Default)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those that an expression finds.
    Only(Vec<Regex>),
    /// Those that none finds.
    Except(Vec<Regex>),
}

impl Filter {
    /// Whether a table of this name is printed.
    #[must_use]
    pub fn keeps(&self, name: &str) -> bool {
        let found = |expressions: &[Regex]| expressions.iter().any(|it| it.is_match(name));
        match self {
            Self::All => true,
            Self::Only(expressions) => found(expressions),
            Self::Except(expressions) => !found(expressions),
        }
    }
}

/// Whether comments are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Docs {
    /// None.
    #[default]
    None,
    /// The database's.
    Database,
    /// The database's; where there is none, a sentence that says what the thing is.
    DatabaseOrGenerated,
}

/// Which tables `allow_tables_to_appear_in_same_query!` names together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Groups {
    /// All of them.
    #[default]
    AllTables,
    /// Those that foreign keys connect.
    ForeignKeys,
    /// The macro is not printed.
    None,
}

/// The order of the columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sorting {
    /// That of the table.
    #[default]
    Ordinal,
    /// By name.
    Name,
}

/// What was printed.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The text, as rustfmt has not seen it yet.
    pub text: String,
    /// What was left out, or will give trouble.
    pub warnings: Vec<String>,
}

/// Prints the tables of a database.
///
/// # Errors
/// When the database cannot be read, or (SQLite) another schema than the default one is asked for.
pub fn print_schema(
    connection: &mut AnyConnection,
    options: &PrintOptions,
) -> Result<Printed, DatabaseError> {
    let mut catalog = read(connection, options)?;
    let warnings = catalog.settle();
    let text = writer::write(&catalog, options, connection.backend());
    Ok(Printed { text, warnings })
}

fn read(connection: &mut AnyConnection, options: &PrintOptions) -> Result<Catalog, DatabaseError> {
    match connection {
        #[cfg(feature = "sqlite")]
        AnyConnection::Sqlite(connection) => sqlite::read(connection, options),
        #[cfg(feature = "postgres")]
        AnyConnection::Postgres(connection) => postgres::read(connection, options),
        #[cfg(feature = "mysql")]
        AnyConnection::Mysql(connection) => mysql::read(connection, options),
    }
}
