//! A database that stands for the real one, made of the server's own text of every table.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection as _;
use diesel::result::Error;
use diesel::sql_types::{BigInt, Text};
use diesel::{MysqlConnection, QueryableByName, RunQueryDsl as _, sql_query};

use super::super::{ProveError, Request, kept};
use super::unavailable;
use crate::backend::ident::{quote, quote_list, quote_name};
use crate::backend::mysql::introspect::server;
use crate::backend::{Backend, DatabaseError};
use crate::diff::Operation;
use crate::model::{ForeignKey, QualifiedName, Schema, Table};

/// How many rows of a table are copied.
pub(super) const SAMPLE: i64 = 10_000;

/// The names of scratch databases start so; the lock of that name says that it is in use.
const PREFIX: &str = "glowplug_proof_";

/// The scratch database is the one that the connection has chosen, until it ends.
pub(super) struct Scratch<'a> {
    pub(super) connection: &'a mut MysqlConnection,
    /// The real one.
    live: String,
    /// What could not be copied.
    pub(super) limits: Vec<String>,
}

#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = Text)]
    #[diesel(column_name = "Create Table")]
    text: String,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

impl<'a> Scratch<'a> {
    /// Makes it, works in it, and drops it, whatever happens.
    pub(super) fn with<T>(
        connection: &'a mut MysqlConnection,
        work: impl FnOnce(&mut Self) -> Result<T, ProveError>,
    ) -> Result<T, ProveError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}{}_{number}", std::process::id());
        let server = server(connection)?;
        drop_abandoned(connection);
        let collation = quote(Backend::Mysql, &server.collation);
        connection
            .batch_execute(&format!(
                "DO GET_LOCK('{name}', 0); CREATE DATABASE `{name}` COLLATE {collation}"
            ))
            .map_err(|error| unavailable("the server makes no scratch database", &error))?;
        let mut scratch = Self { connection, live: server.database, limits: Vec::new() };
        let result = scratch.begin(&name).and_then(|()| work(&mut scratch));
        let ended = scratch.end(&name);
        match (result, ended) {
            (Ok(done), Ok(())) => Ok(done),
            (Err(error), _) => Err(without_name(error, &name)),
            (Ok(_), Err(error)) => Err(unavailable("the scratch database stays", &error)),
        }
    }

    fn begin(&mut self, name: &str) -> Result<(), ProveError> {
        // Values are copied as they are, a zero in a key and a date of zeros too.
        let sql = format!(
            "USE `{name}`; SET @glowplug_proof_mode = @@SESSION.sql_mode; \
             SET @glowplug_proof_checks = @@SESSION.foreign_key_checks"
        );
        self.connection
            .batch_execute(&sql)
            .map_err(|error| unavailable("the scratch database cannot be used", &error))
    }

    fn end(&mut self, name: &str) -> Result<(), Error> {
        let live = quote(Backend::Mysql, &self.live);
        self.connection.batch_execute(&format!(
            "USE {live}; DROP DATABASE `{name}`; \
             SET SESSION sql_mode = @glowplug_proof_mode, \
             foreign_key_checks = @glowplug_proof_checks; \
             DO RELEASE_LOCK('{name}')"
        ))
    }

    /// Every table, in the server's own text.
    pub(super) fn tables(&mut self, live: &Schema) -> Result<(), ProveError> {
        let kept = live
            .others
            .iter()
            .filter(|other| other.kind == "sequence" || other.kind == "system-versioned table");
        let names: Vec<_> = kept
            .map(|other| (&other.name, other.kind == "sequence"))
            .chain(live.tables.keys().map(|name| (name, false)))
            .collect();
        self.copying(|scratch| {
            for (name, is_sequence) in names {
                let table = scratch.real(name);
                let kind = if is_sequence { "SEQUENCE" } else { "TABLE" };
                let shown: Shown = sql_query(format!("SHOW CREATE {kind} {table}"))
                    .get_result(scratch.connection)
                    .map_err(DatabaseError::query("reading the text of a table"))?;
                scratch.connection.batch_execute(&shown.text).map_err(|error| {
                    unavailable(&format!("`{name}` cannot be made in a scratch database"), &error)
                })?;
            }
            Ok(())
        })
    }

    /// Runs with references unchecked, and whatever value is there is taken.
    fn copying<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, ProveError>,
    ) -> Result<T, ProveError> {
        let set = "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0";
        let back = "SET SESSION sql_mode = @glowplug_proof_mode, \
                    foreign_key_checks = @glowplug_proof_checks";
        let failed = |error| unavailable("the session cannot be set", &error);
        self.connection.batch_execute(set).map_err(failed)?;
        let result = work(self);
        self.connection.batch_execute(back).map_err(failed)?;
        result
    }

    fn real(&self, table: &QualifiedName) -> String {
        let schema = table.schema.clone().unwrap_or_else(|| self.live.clone());
        quote_name(Backend::Mysql, &QualifiedName::in_schema(schema, table.name.clone()))
    }

    /// The rows of the tables that the change is about, and of those that they refer to. True where
    /// a table had more than is copied.
    pub(super) fn rows(
        &mut self,
        request: &Request<'_>,
        live: &Schema,
    ) -> Result<bool, ProveError> {
        let originals = kept::Originals::of(request);
        let mut names: BTreeSet<QualifiedName> =
            kept::concerned(request).iter().map(|name| originals.table(name).clone()).collect();
        for operation in request.operations {
            if let Operation::AddForeignKey { foreign_key, .. } = operation {
                names.insert(originals.table(&foreign_key.foreign_table).clone());
            }
        }
        let targets = |name: &QualifiedName| {
            let keys = live.tables.get(name).into_iter().flat_map(|table| &table.foreign_keys);
            keys.map(|key| key.foreign_table.clone()).collect::<Vec<_>>()
        };
        let parents: Vec<_> = names.iter().flat_map(targets).collect();
        names.extend(parents);
        self.copying(|scratch| {
            let mut cut = BTreeSet::new();
            for table in names.iter().filter_map(|name| live.tables.get(name)) {
                if scratch.copy(table)? {
                    cut.insert(table.name.clone());
                }
            }
            for table in names.iter().filter_map(|name| live.tables.get(name)) {
                for key in references(table, request, &originals) {
                    if cut.contains(&key.foreign_table) {
                        scratch.without_orphans(&table.name, &key)?;
                    }
                }
            }
            Ok(!cut.is_empty())
        })
    }

    fn copy(&mut self, table: &Table) -> Result<bool, ProveError> {
        let stored = table.columns.iter().filter(|column| column.generated.is_none());
        let columns = quote_list(Backend::Mysql, stored.map(|column| &column.name));
        let order = match &table.primary_key {
            Some(key) => format!(" ORDER BY {}", quote_list(Backend::Mysql, &key.columns)),
            None => String::new(),
        };
        let (own, real) = (quote_name(Backend::Mysql, &table.name), self.real(&table.name));
        let sql = format!(
            "INSERT INTO {own} ({columns}) SELECT {columns} FROM {real}{order} LIMIT {SAMPLE}"
        );
        self.connection
            .batch_execute(&sql)
            .map_err(|error| unavailable(&format!("the rows of `{}`", table.name), &error))?;
        let copied: Count = sql_query(format!("SELECT COUNT(*) AS count FROM {own}"))
            .get_result(self.connection)
            .map_err(DatabaseError::query("counting rows"))?;
        Ok(copied.count >= SAMPLE)
    }

    /// Rows whose parent was not copied would break a reference that is whole.
    fn without_orphans(
        &mut self,
        table: &QualifiedName,
        key: &ForeignKey,
    ) -> Result<(), ProveError> {
        let name = |name: &String| quote(Backend::Mysql, name);
        let pairs = key.columns.iter().zip(&key.foreign_columns);
        let joined: Vec<_> =
            pairs.map(|(own, foreign)| format!("p.{} = c.{}", name(foreign), name(own))).collect();
        let refers: Vec<_> =
            key.columns.iter().map(|own| format!("c.{} IS NOT NULL", name(own))).collect();
        let sql = format!(
            "DELETE c FROM {} AS c LEFT JOIN {} AS p ON {} WHERE {} AND p.{} IS NULL",
            quote_name(Backend::Mysql, table),
            quote_name(Backend::Mysql, &key.foreign_table),
            joined.join(" AND "),
            refers.join(" AND "),
            name(&key.foreign_columns[0]),
        );
        let done = self.connection.batch_execute(&sql);
        done.map_err(|error| unavailable(&format!("the rows of `{table}`"), &error))
    }

    /// Views and triggers; what cannot be made here is said.
    pub(super) fn objects(&mut self, live: &Schema) -> Result<(), ProveError> {
        let mut views: Vec<_> = live.views.values().collect();
        // A view may need another one first.
        loop {
            let before = views.len();
            views.retain(|view| {
                let name = quote_name(Backend::Mysql, &view.name);
                let sql = format!("CREATE VIEW {name} AS {}", view.definition);
                self.connection.batch_execute(&sql).is_err()
            });
            if views.len() == before || views.is_empty() {
                break;
            }
        }
        let missing = views.iter().map(|view| format!("the view `{}`", view.name));
        let mut missing: Vec<String> = missing.collect();
        for trigger in live.others.iter().filter(|other| other.kind == "trigger") {
            let Some(sql) = &trigger.sql else { continue };
            if self.connection.batch_execute(sql).is_err() {
                missing.push(format!("the trigger `{}`", trigger.name));
            }
        }
        self.limits.extend(
            (!missing.is_empty()).then(|| format!("The proof was without {}.", missing.join(", "))),
        );
        Ok(())
    }
}

/// The error without the name of the scratch database, which says nothing to the reader.
fn without_name(mut error: ProveError, name: &str) -> ProveError {
    if let ProveError::Failed { message, .. } | ProveError::Broken { message, .. } = &mut error {
        *message = message.replace(&format!("`{name}`."), "").replace(&format!("{name}."), "");
    }
    error
}

/// The references of a table, as it is and as the plan adds them, by the names of now.
fn references(
    table: &Table,
    request: &Request<'_>,
    originals: &kept::Originals,
) -> Vec<ForeignKey> {
    let mut keys = table.foreign_keys.clone();
    for operation in request.operations {
        let Operation::AddForeignKey { table: name, foreign_key } = operation else { continue };
        if originals.table(name) != &table.name {
            continue;
        }
        let own = |column: &String| originals.column(name, column).to_owned();
        let target = &foreign_key.foreign_table;
        let foreign = |column: &String| originals.column(target, column).to_owned();
        let key = ForeignKey {
            columns: foreign_key.columns.iter().map(own).collect(),
            foreign_columns: foreign_key.foreign_columns.iter().map(foreign).collect(),
            foreign_table: originals.table(target).clone(),
            ..foreign_key.clone()
        };
        keys.extend(key.columns.iter().all(|c| table.column(c).is_some()).then_some(key));
    }
    keys
}

/// Drops what a killed process left: the lock of its name went with its connection.
fn drop_abandoned(connection: &mut MysqlConnection) {
    let found: Result<Vec<Name>, _> = sql_query(format!(
        "SELECT CAST(SCHEMA_NAME AS CHAR) AS name FROM information_schema.SCHEMATA \
         WHERE SCHEMA_NAME LIKE '{}%' ESCAPE '|' AND IS_FREE_LOCK(SCHEMA_NAME) = 1",
        PREFIX.replace('_', "|_")
    ))
    .load(connection);
    for row in found.unwrap_or_default() {
        let dropped = connection.batch_execute(&format!(
            "DROP DATABASE IF EXISTS {}",
            quote(Backend::Mysql, &row.name)
        ));
        if let Err(error) = dropped {
            tracing::warn!(%error, name = row.name, "a scratch database is left behind");
        }
    }
}
