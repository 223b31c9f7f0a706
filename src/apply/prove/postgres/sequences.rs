//! Sequences: what they hand out is not taken back with a transaction, so a proof must not ask
//! those of the application.
//!
//! `ALTER SEQUENCE` gives a sequence a new file within its transaction, whatever it alters, even
//! to what it is already (`sequence.c`, since PostgreSQL 10): what is handed out afterwards is
//! rolled back with the rest.

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl as _, sql_query};

use super::super::ProveError;
use crate::backend::DatabaseError;

#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
struct Sequence {
    /// With its schema, quoted.
    #[diesel(sql_type = Text)]
    sql: String,
    /// As it is stored.
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    increment: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    last: Option<i64>,
    /// Whether the role may alter it.
    #[diesel(sql_type = Bool)]
    owned: bool,
}

const READ: &str = "\
SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) AS sql,
  c.relname::text AS name, s.seqincrement AS increment,
  CASE WHEN pg_catalog.has_sequence_privilege(c.oid, 'SELECT,USAGE')
    THEN pg_catalog.pg_sequence_last_value(c.oid) END AS last,
  pg_catalog.pg_has_role(c.relowner, 'USAGE') AS owned
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT LIKE 'pg\\_%' ORDER BY 1";

/// The sequences of a database, as they were before the proof.
pub(super) struct Sequences(Vec<Sequence>);

impl Sequences {
    pub(super) fn of(connection: &mut PgConnection) -> Result<Self, DatabaseError> {
        sql_query(READ)
            .load(connection)
            .map(Self)
            .map_err(DatabaseError::query("reading the sequences"))
    }

    /// Makes those that the scripts name a part of the transaction; all, where one calls `setval()`: it
    /// may compute the name.
    pub(super) fn hold(
        &self,
        connection: &mut PgConnection,
        scripts: &[&str],
    ) -> Result<(), ProveError> {
        let sets = scripts.iter().any(|sql| sql.to_ascii_lowercase().contains("setval"));
        let named = |sequence: &&Sequence| {
            sequence.owned && (sets || scripts.iter().any(|sql| sql.contains(&sequence.name)))
        };
        let statements: Vec<_> = (self.0.iter().filter(named))
            .map(|s| format!("ALTER SEQUENCE {} INCREMENT BY {};", s.sql, s.increment))
            .collect();
        if statements.is_empty() {
            return Ok(());
        }
        connection.batch_execute(&statements.join("\n")).map_err(|error| ProveError::Unavailable {
            what: format!("a sequence cannot be set aside: {error}"),
        })
    }

    /// What moved all the same, in words.
    pub(super) fn told(&self, connection: &mut PgConnection) -> Result<Vec<String>, DatabaseError> {
        let now = Self::of(connection)?;
        let moved = self.0.iter().filter_map(|before| {
            let after = now.0.iter().find(|after| after.sql == before.sql)?;
            (after.last != before.last).then(|| {
                let value = |last: Option<i64>| last.map_or("unused".to_owned(), |n| n.to_string());
                format!(
                    "The sequence `{}` went on from {} to {} while the proof ran.",
                    before.name,
                    value(before.last),
                    value(after.last)
                )
            })
        });
        Ok(moved.collect())
    }
}
