//! Views, triggers and virtual tables that worked before must work after: SQLite looks at them only
//! when they are used.

use std::collections::BTreeMap;

use diesel::SqliteConnection;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::super::{ProveError, Stage};
use crate::backend::ident::{literal, quote};
use crate::backend::{Backend, DatabaseError};

/// An object that is only looked at when it is used.
#[derive(Clone, Debug, QueryableByName)]
pub(super) struct Object {
    /// `view`, `trigger`, or `virtual` for a virtual table.
    #[diesel(sql_type = Text)]
    pub(super) kind: String,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    /// What a trigger is on; otherwise the object itself.
    #[diesel(sql_type = Text)]
    pub(super) owner: String,
    #[diesel(sql_type = Text)]
    pub(super) sql: String,
}

/// Those of the file.
pub(super) fn objects(connection: &mut SqliteConnection) -> Result<Vec<Object>, DatabaseError> {
    let sql = "SELECT CASE type WHEN 'table' THEN 'virtual' ELSE type END AS kind, name, \
        tbl_name AS owner, sql FROM main.sqlite_master \
        WHERE type IN ('view', 'trigger') OR type = 'table' AND sql LIKE 'CREATE VIRTUAL %' \
        ORDER BY type, name";
    let found = diesel::sql_query(sql).load(connection);
    found.map_err(DatabaseError::query("reading views and triggers"))
}

/// What worked before.
pub(super) struct Working {
    objects: Vec<Object>,
    /// Whether each of them could be used, in each way.
    uses: Vec<Vec<bool>>,
}

/// The ways in which the object can be used: a view and a virtual table are read, triggers are
/// compiled by what fires them.
pub(super) fn uses(
    connection: &mut SqliteConnection,
    object: &Object,
    known: &mut BTreeMap<String, Vec<Result<(), String>>>,
) -> Vec<Result<(), String>> {
    let name = quote(Backend::Sqlite, &object.owner);
    match object.kind.as_str() {
        "view" => vec![run(connection, &format!("EXPLAIN SELECT * FROM {name};"))],
        // Its module looks at what it stands on only when rows are read.
        "virtual" => vec![run(connection, &format!("SELECT * FROM {name} LIMIT 1;"))],
        _ => {
            let known = known.entry(object.owner.to_lowercase());
            known.or_insert_with(|| writes(connection, &object.owner)).clone()
        }
    }
}

fn run(connection: &mut SqliteConnection, sql: &str) -> Result<(), String> {
    connection.batch_execute(sql).map_err(|error| error.to_string())
}

/// Compiles each kind of change of a table or view, with all triggers, and runs none.
fn writes(connection: &mut SqliteConnection, owner: &str) -> Vec<Result<(), String>> {
    #[derive(QueryableByName)]
    struct Column {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let (name, of) = (quote(Backend::Sqlite, owner), literal(Backend::Sqlite, owner));
    let columns = diesel::sql_query(format!("SELECT name FROM pragma_table_info({of})"));
    let columns: Vec<Column> = columns.load(connection).unwrap_or_default();
    let columns = columns.iter().map(|column| quote(Backend::Sqlite, &column.name));
    let updates = columns.map(|column| format!("EXPLAIN UPDATE {name} SET {column} = {column};"));
    let updates: String = updates.collect();
    [
        format!("EXPLAIN DELETE FROM {name};"),
        format!("EXPLAIN INSERT INTO {name} DEFAULT VALUES;"),
        updates,
    ]
    .iter()
    .map(|sql| run(connection, sql))
    .collect()
}

pub(super) fn working(connection: &mut SqliteConnection) -> Result<Working, ProveError> {
    let objects = objects(connection)?;
    let mut known = BTreeMap::new();
    let uses = objects.iter().map(|object| {
        let uses = uses(connection, object, &mut known);
        uses.iter().map(Result::is_ok).collect()
    });
    Ok(Working { uses: uses.collect(), objects })
}

/// Uses again all that worked and is still there, a trigger wherever its table is now.
pub(super) fn still(
    connection: &mut SqliteConnection,
    stage: Stage,
    working: &Working,
) -> Result<(), ProveError> {
    let now = objects(connection)?;
    let mut known = BTreeMap::new();
    for (object, before) in working.objects.iter().zip(&working.uses) {
        let same = |other: &&Object| {
            other.kind == object.kind && other.name.eq_ignore_ascii_case(&object.name)
        };
        let Some(object) = now.iter().find(same) else { continue };
        let uses = uses(connection, object, &mut known);
        let broken =
            uses.into_iter().zip(before).find_map(|(now, before)| now.err().filter(|_| *before));
        if let Some(message) = broken {
            let object = told(connection, object, &now, &message);
            return Err(ProveError::Broken { stage, object, message });
        }
    }
    Ok(())
}

/// The object by its name; of several triggers the one without which this is not said.
fn told(
    connection: &mut SqliteConnection,
    object: &Object,
    all: &[Object],
    message: &str,
) -> String {
    let owner = &object.owner;
    match object.kind.as_str() {
        "view" => return format!("view `{owner}`"),
        "virtual" => return format!("virtual table `{owner}`"),
        _ => {}
    }
    let siblings = all
        .iter()
        .filter(|other| other.kind == "trigger" && other.owner.eq_ignore_ascii_case(owner));
    for trigger in siblings {
        let without =
            format!("SAVEPOINT without; DROP TRIGGER {};", quote(Backend::Sqlite, &trigger.name));
        let dropped = connection.batch_execute(&without).is_ok();
        let says = |result: &Result<(), String>| result.as_ref().is_err_and(|said| said == message);
        let works = dropped && !writes(connection, owner).iter().any(says);
        // Fails only where there is no savepoint to go back to.
        let back = connection.batch_execute("ROLLBACK TO without; RELEASE without;").is_ok();
        if works && back {
            return format!("trigger `{}` of `{owner}`", trigger.name);
        }
    }
    format!("the triggers of `{owner}`")
}
