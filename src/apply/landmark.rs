//! MySQL: what a statement names looks like, as one number. Every change of a schema commits by itself
//! and is whole or not at all, so a number that was noted before a statement tells afterwards
//! whether it was done, even to a process that did not see it end.

use diesel::QueryResult;
use sha2::{Digest as _, Sha256};

use super::driver::Driver;
use super::history::TABLES;
use super::names;
use super::sql::literal;
use crate::model::Backend;

/// What stands between a note about a statement and the number.
pub(super) const BEFORE: &str = "; before it ";

/// The number now of what a statement names. History is no part of it, and neither is anything that
/// rows change.
pub(super) fn landmark(driver: &mut dyn Driver, sql: &str) -> QueryResult<String> {
    let names: Vec<_> = names::all(Backend::Mysql, sql).into_iter().collect();
    let names: Vec<_> = names.iter().map(|name| literal(Backend::Mysql, name)).collect();
    let names = names.join(", ");
    let mut lines = Vec::new();
    for (columns, table, schema, owner) in KINDS {
        let which = match owner {
            "" => String::new(),
            owner => format!(
                " AND LOWER({owner}) IN ({names}) AND {owner} NOT IN ('{}')",
                TABLES.join("', '")
            ),
        };
        let columns: Vec<_> = columns.iter().map(|c| format!("COALESCE({c}, '')")).collect();
        let sql = format!(
            "SELECT CONCAT_WS('|', '{table}', {}) AS v FROM information_schema.{table} \
             WHERE ({schema} = DATABASE() OR LOWER({schema}) IN ({names})){which}",
            columns.join(", ")
        );
        lines.extend(driver.texts(&sql)?.into_iter().flatten());
    }
    lines.sort_unstable();
    let digest = Sha256::digest(lines.join("\n").as_bytes());
    Ok(digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// Columns of a table of `information_schema`, its column of the database, and the one that names
/// a table.
type Kind = (&'static [&'static str], &'static str, &'static str, &'static str);

const KINDS: [Kind; 11] = [
    (
        &[
            "TABLE_NAME",
            "TABLE_TYPE",
            "ENGINE",
            "TABLE_COLLATION",
            "CREATE_OPTIONS",
            "TABLE_COMMENT",
        ],
        "TABLES",
        "TABLE_SCHEMA",
        "TABLE_NAME",
    ),
    (
        &[
            "TABLE_NAME",
            "ORDINAL_POSITION",
            "COLUMN_NAME",
            "COLUMN_TYPE",
            "IS_NULLABLE",
            "COLUMN_DEFAULT",
            "EXTRA",
            "COLLATION_NAME",
            "COLUMN_COMMENT",
            "GENERATION_EXPRESSION",
        ],
        "COLUMNS",
        "TABLE_SCHEMA",
        "TABLE_NAME",
    ),
    (
        &[
            "TABLE_NAME",
            "INDEX_NAME",
            "NON_UNIQUE",
            "SEQ_IN_INDEX",
            "COLUMN_NAME",
            "COLLATION",
            "SUB_PART",
            "INDEX_TYPE",
            "INDEX_COMMENT",
        ],
        "STATISTICS",
        "TABLE_SCHEMA",
        "TABLE_NAME",
    ),
    (
        &[
            "TABLE_NAME",
            "CONSTRAINT_NAME",
            "COLUMN_NAME",
            "REFERENCED_TABLE_NAME",
            "REFERENCED_COLUMN_NAME",
        ],
        "KEY_COLUMN_USAGE",
        "TABLE_SCHEMA",
        "TABLE_NAME",
    ),
    (
        &["TABLE_NAME", "CONSTRAINT_NAME", "UPDATE_RULE", "DELETE_RULE"],
        "REFERENTIAL_CONSTRAINTS",
        "CONSTRAINT_SCHEMA",
        "TABLE_NAME",
    ),
    (&["CONSTRAINT_NAME", "CHECK_CLAUSE"], "CHECK_CONSTRAINTS", "CONSTRAINT_SCHEMA", ""),
    (&["TABLE_NAME", "VIEW_DEFINITION", "CHECK_OPTION"], "VIEWS", "TABLE_SCHEMA", "TABLE_NAME"),
    (
        &[
            "TRIGGER_NAME",
            "EVENT_OBJECT_TABLE",
            "ACTION_TIMING",
            "EVENT_MANIPULATION",
            "ACTION_STATEMENT",
        ],
        "TRIGGERS",
        "TRIGGER_SCHEMA",
        "TRIGGER_NAME",
    ),
    (
        &["ROUTINE_NAME", "ROUTINE_TYPE", "ROUTINE_DEFINITION"],
        "ROUTINES",
        "ROUTINE_SCHEMA",
        "ROUTINE_NAME",
    ),
    (
        &[
            "EVENT_NAME",
            "EVENT_DEFINITION",
            "STATUS",
            "EXECUTE_AT",
            "INTERVAL_VALUE",
            "INTERVAL_FIELD",
        ],
        "EVENTS",
        "EVENT_SCHEMA",
        "EVENT_NAME",
    ),
    (
        &[
            "TABLE_NAME",
            "PARTITION_NAME",
            "SUBPARTITION_NAME",
            "PARTITION_METHOD",
            "PARTITION_EXPRESSION",
            "PARTITION_DESCRIPTION",
        ],
        "PARTITIONS",
        "TABLE_SCHEMA",
        "TABLE_NAME",
    ),
];
