//! What a connection must do for migrations, whatever its type.

#[cfg(feature = "postgres")]
use std::any::Any;

#[cfg(feature = "postgres")]
use diesel::connection::AnsiTransactionManager;
use diesel::connection::{Connection, LoadConnection, TransactionManager};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, SqlQuery};
use diesel::query_dsl::LoadQuery;
use diesel::sql_types::{Nullable, Text};

use crate::model::Backend;

/// A connection that migrations can be applied through.
///
/// It is implemented for every Diesel connection to SQLite, PostgreSQL or MySQL: plain, pooled by
/// r2d2, or `diesel-async`'s `AsyncConnectionWrapper`. It cannot be implemented by hand.
pub trait MigrateConnection: Connection + Driver + 'static {}

impl<C: Connection + Driver + 'static> MigrateConnection for C {}

/// The three backends of Diesel.
pub trait Native: diesel::backend::Backend {
    /// Which one.
    const BACKEND: Backend;
}

#[cfg(feature = "sqlite")]
impl Native for diesel::sqlite::Sqlite {
    const BACKEND: Backend = Backend::Sqlite;
}

#[cfg(feature = "postgres")]
impl Native for diesel::pg::Pg {
    const BACKEND: Backend = Backend::Postgres;
}

#[cfg(feature = "mysql")]
impl Native for diesel::mysql::Mysql {
    const BACKEND: Backend = Backend::Mysql;
}

/// A row of one column, `v`.
#[derive(QueryableByName)]
pub struct TextRow {
    #[diesel(sql_type = Nullable<Text>)]
    v: Option<String>,
}

/// The versions in Diesel's table. A type of its own, so that Diesel keeps the prepared statement.
#[derive(Clone, Copy, Debug, diesel::query_builder::QueryId)]
pub struct VersionsQuery;

impl<DB: Native> QueryFragment<DB> for VersionsQuery {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("SELECT version FROM __diesel_schema_migrations");
        out.push_sql(every_row(DB::BACKEND));
        Ok(())
    }
}

impl Query for VersionsQuery {
    type SqlType = Nullable<Text>;
}

impl<C> RunQueryDsl<C> for VersionsQuery {}

/// A row of Diesel's table.
#[derive(Debug, QueryableByName)]
pub struct AppliedRow {
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) version: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) run_on: Option<String>,
}

/// A row of glowplug's table, every column as text: the table may have been tampered with.
#[derive(Clone, Debug, QueryableByName)]
pub struct HistoryRow {
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) version: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) checksum: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) state: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) step: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) steps: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) done_checksum: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) started_at: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) finished_at: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) error: Option<String>,
}

/// Ends a query. `sql_select_limit` of MySQL's session, which a migration may set, cuts off the rows
/// of one without a limit.
fn every_row(backend: Backend) -> &'static str {
    if backend == Backend::Mysql { " LIMIT 18446744073709551615" } else { "" }
}

/// The little that is asked of a connection. Object safe, so that the rest is compiled once.
pub trait Driver {
    /// Which server it talks to.
    fn backend_kind(&self) -> Backend;
    /// Runs SQL that returns nothing.
    fn run_sql(&mut self, sql: &str) -> QueryResult<()>;
    /// The column `v` of a query.
    fn texts(&mut self, sql: &str) -> QueryResult<Vec<Option<String>>>;
    /// The versions in Diesel's table.
    fn versions(&mut self) -> QueryResult<Vec<Option<String>>>;
    /// Rows of Diesel's table.
    fn applied_rows(&mut self, sql: &str) -> QueryResult<Vec<AppliedRow>>;
    /// Rows of glowplug's table.
    fn history_rows(&mut self, sql: &str) -> QueryResult<Vec<HistoryRow>>;
    /// How many transactions of Diesel's are open, one in the other.
    fn depth(&mut self) -> QueryResult<u32>;
    /// Begins a transaction that Diesel knows about, or a savepoint in one.
    fn begin(&mut self) -> QueryResult<()>;
    /// Runs SQL, begins a transaction, and runs more SQL in it: with PostgreSQL's own connection in
    /// one message. After an error no transaction is open.
    fn begin_between(&mut self, before: &str, inside: &str) -> QueryResult<()>;
    /// Commits it.
    fn commit(&mut self) -> QueryResult<()>;
    /// Rolls it back.
    fn roll_back(&mut self) -> QueryResult<()>;
}

fn all_of<C: Connection<Backend: Native>>(sql: &str) -> SqlQuery {
    diesel::sql_query(format!("{sql}{}", every_row(C::Backend::BACKEND)))
}

impl<C> Driver for C
where
    C: LoadConnection + 'static,
    C::Backend: Native,
    for<'q> SqlQuery:
        LoadQuery<'q, C, TextRow> + LoadQuery<'q, C, AppliedRow> + LoadQuery<'q, C, HistoryRow>,
    for<'q> VersionsQuery: LoadQuery<'q, C, Option<String>>,
{
    fn backend_kind(&self) -> Backend {
        C::Backend::BACKEND
    }

    fn run_sql(&mut self, sql: &str) -> QueryResult<()> {
        self.batch_execute(sql)
    }

    fn texts(&mut self, sql: &str) -> QueryResult<Vec<Option<String>>> {
        let rows = all_of::<C>(sql).load::<TextRow>(self)?;
        Ok(rows.into_iter().map(|row| row.v).collect())
    }

    fn versions(&mut self) -> QueryResult<Vec<Option<String>>> {
        VersionsQuery.load(self)
    }

    fn applied_rows(&mut self, sql: &str) -> QueryResult<Vec<AppliedRow>> {
        all_of::<C>(sql).load(self)
    }

    fn history_rows(&mut self, sql: &str) -> QueryResult<Vec<HistoryRow>> {
        all_of::<C>(sql).load(self)
    }

    fn depth(&mut self) -> QueryResult<u32> {
        let status = C::TransactionManager::transaction_manager_status_mut(self);
        Ok(status.transaction_depth()?.map_or(0, u32::from))
    }

    fn begin(&mut self) -> QueryResult<()> {
        C::TransactionManager::begin_transaction(self)
    }

    fn begin_between(&mut self, before: &str, inside: &str) -> QueryResult<()> {
        #[cfg(feature = "postgres")]
        if let Some(postgres) = (self as &mut dyn Any).downcast_mut() {
            return begin_in_one_message(postgres, before, inside);
        }
        self.run_sql(before)?;
        self.begin()?;
        self.run_sql(inside).or_else(|error| self.roll_back().and(Err(error)))
    }

    fn commit(&mut self) -> QueryResult<()> {
        C::TransactionManager::commit_transaction(self)
    }

    fn roll_back(&mut self) -> QueryResult<()> {
        C::TransactionManager::rollback_transaction(self)
    }
}

/// What comes before the transaction has one of its own: a query in the migration's would come before
/// its `SET TRANSACTION`.
#[cfg(feature = "postgres")]
fn begin_in_one_message(
    connection: &mut PgConnection,
    before: &str,
    inside: &str,
) -> QueryResult<()> {
    let sql = format!("BEGIN;{before};COMMIT;BEGIN;{inside}");
    AnsiTransactionManager::begin_transaction_sql(connection, &sql)
        .or_else(|error| connection.run_sql("ROLLBACK").and(Err(error)))
}

/// Hands a call to the connection of the variant: the enum's own backend is none of the three.
#[cfg(feature = "engine")]
macro_rules! each {
    ($self:ident, $inner:ident => $call:expr) => {
        match $self {
            #[cfg(feature = "sqlite")]
            crate::connection::AnyConnection::Sqlite($inner) => $call,
            #[cfg(feature = "postgres")]
            crate::connection::AnyConnection::Postgres($inner) => $call,
            #[cfg(feature = "mysql")]
            crate::connection::AnyConnection::Mysql($inner) => $call,
        }
    };
}

#[cfg(feature = "engine")]
impl Driver for crate::connection::AnyConnection {
    fn backend_kind(&self) -> Backend {
        self.backend()
    }

    fn run_sql(&mut self, sql: &str) -> QueryResult<()> {
        each!(self, inner => inner.run_sql(sql))
    }

    fn texts(&mut self, sql: &str) -> QueryResult<Vec<Option<String>>> {
        each!(self, inner => inner.texts(sql))
    }

    fn versions(&mut self) -> QueryResult<Vec<Option<String>>> {
        each!(self, inner => inner.versions())
    }

    fn applied_rows(&mut self, sql: &str) -> QueryResult<Vec<AppliedRow>> {
        each!(self, inner => inner.applied_rows(sql))
    }

    fn history_rows(&mut self, sql: &str) -> QueryResult<Vec<HistoryRow>> {
        each!(self, inner => inner.history_rows(sql))
    }

    fn depth(&mut self) -> QueryResult<u32> {
        each!(self, inner => inner.depth())
    }

    fn begin(&mut self) -> QueryResult<()> {
        each!(self, inner => inner.begin())
    }

    fn begin_between(&mut self, before: &str, inside: &str) -> QueryResult<()> {
        each!(self, inner => inner.begin_between(before, inside))
    }

    fn commit(&mut self) -> QueryResult<()> {
        each!(self, inner => inner.commit())
    }

    fn roll_back(&mut self) -> QueryResult<()> {
        each!(self, inner => inner.roll_back())
    }
}
