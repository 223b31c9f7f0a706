//! A live database to a [`Schema`].

mod assemble;
mod catalog;
mod columns;
mod constraints;
mod definition;
mod index_text;
mod indexes;
mod others;
mod queries;
mod relations;
mod schemas;

use diesel::pg::Pg;
use diesel::query_builder::SqlQuery;
use diesel::result::Error;
use diesel::sql_types::{Array, Oid, Text};
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl, sql_query};

pub use catalog::catalog;
pub use schemas::schemas;

use crate::backend::{DatabaseError, Scope};
use crate::model::Schema;

/// Reads the default schema (`current_schema()`) and the further ones of the scope.
///
/// Six queries, whatever the number of tables, in a transaction of their own in which
/// `search_path` is pinned. Objects of the default schema have a name without a schema. What
/// belongs to an extension is left out, and so are the tables of Diesel's and glowplug's own
/// history.
///
/// # Errors
/// When the server refuses a query, or `search_path` names no schema that exists.
pub fn introspect(connection: &mut PgConnection, scope: &Scope) -> Result<Schema, DatabaseError> {
    aside(connection, "reading the database", |connection| read(connection, scope))
}

fn read(connection: &mut PgConnection, scope: &Scope) -> Result<Schema, DatabaseError> {
    let namespaces: Vec<queries::Namespace> = sql_query(queries::NAMESPACES)
        .bind::<Array<Text>, _>(&scope.schemas)
        .load(connection)
        .map_err(DatabaseError::query("reading the schemas"))?;
    if !namespaces.iter().any(|n| n.is_default) {
        return Err(DatabaseError::Unreadable {
            object: "the default schema".to_owned(),
            reason: "`search_path` names no schema that exists and may be used".to_owned(),
        });
    }
    let oids: Vec<u32> = namespaces.iter().map(|n| n.oid).collect();
    let version = namespaces.first().map_or(0, |n| n.version);
    let mut read = Reader { connection, oids, version };
    let answers = assemble::Answers {
        relations: read.all(relations::RELATIONS, "reading the tables")?,
        attributes: read.all(columns::ATTRIBUTES, "reading the columns")?,
        constraints: read.all(constraints::CONSTRAINTS, "reading the constraints")?,
        indexes: read.all(indexes::INDEXES, "reading the indexes")?,
        others: read.all(others::OTHERS, "reading types, functions and triggers")?,
        namespaces,
    };
    assemble::schema(answers)
}

/// Runs `work`, which only reads, in a transaction or a savepoint that is rolled back: a setting
/// that it makes is gone afterwards.
fn aside<T>(
    connection: &mut PgConnection,
    doing: &'static str,
    work: impl FnOnce(&mut PgConnection) -> Result<T, DatabaseError>,
) -> Result<T, DatabaseError> {
    let mut outcome = None;
    let ended: Result<(), Error> = connection.transaction(|connection| {
        outcome = Some(work(connection));
        Err(Error::RollbackTransaction)
    });
    match (outcome, ended) {
        (Some(Ok(found)), Err(Error::RollbackTransaction)) => Ok(found),
        (Some(Err(error)), _) => Err(error),
        (_, Err(error)) => Err(DatabaseError::query(doing)(error)),
        (_, Ok(())) => unreachable!("the transaction always ends in an error"),
    }
}

/// What stands for `__GRANTS__` in the queries.
const GRANTS: &str = include_str!("grants.sql");

struct Reader<'a> {
    connection: &'a mut PgConnection,
    oids: Vec<u32>,
    version: i32,
}

impl Reader<'_> {
    /// All rows of a query whose only parameter is the namespaces.
    fn all<R>(&mut self, sql: &str, doing: &str) -> Result<Vec<R>, DatabaseError>
    where
        R: QueryableByName<Pg> + 'static,
    {
        let sql = sql.replace("__GRANTS__", GRANTS);
        let query: SqlQuery = sql_query(queries::for_version(&sql, self.version));
        query
            .bind::<Array<Oid>, _>(&self.oids)
            .load(self.connection)
            .map_err(DatabaseError::query(doing))
    }
}
