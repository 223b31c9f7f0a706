//! A live database to a [`Schema`].

mod assemble;
mod catalog;
mod index_text;
mod queries;

use diesel::pg::Pg;
use diesel::query_builder::SqlQuery;
use diesel::sql_types::{Array, Oid, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

pub use catalog::catalog;

use crate::backend::{DatabaseError, Scope};
use crate::model::Schema;

/// Reads the default schema (`current_schema()`) and the further ones of the scope.
///
/// Seven queries, whatever the number of tables. Objects of the default schema have a name without
/// a schema. What belongs to an extension is left out, and so are the tables of Diesel's and
/// glowplug's own history.
///
/// # Errors
/// When the server refuses a query, or `search_path` names no schema that exists.
pub fn introspect(connection: &mut PgConnection, scope: &Scope) -> Result<Schema, DatabaseError> {
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
    let mut read = Reader { connection, oids };
    let answers = assemble::Answers {
        relations: read.all(queries::RELATIONS, "reading the tables")?,
        attributes: read.all(queries::ATTRIBUTES, "reading the columns")?,
        constraints: read.all(queries::CONSTRAINTS, "reading the constraints")?,
        indexes: read.all(queries::INDEXES, "reading the indexes")?,
        enums: read.all(queries::ENUMS, "reading the types")?,
        others: read.all(queries::OTHERS, "reading functions and triggers")?,
        namespaces,
    };
    assemble::schema(answers)
}

struct Reader<'a> {
    connection: &'a mut PgConnection,
    oids: Vec<u32>,
}

impl Reader<'_> {
    /// All rows of a query whose only parameter is the namespaces.
    fn all<R>(&mut self, sql: &str, doing: &str) -> Result<Vec<R>, DatabaseError>
    where
        R: QueryableByName<Pg> + 'static,
    {
        let query: SqlQuery = sql_query(sql);
        query
            .bind::<Array<Oid>, _>(&self.oids)
            .load(self.connection)
            .map_err(DatabaseError::query(doing))
    }
}
