//! MySQL: what the database looks like, as one number. Every change of a schema commits by itself
//! and is whole or not at all, so a number that was noted before a statement tells afterwards
//! whether it was done, even to a process that did not see it end.

use diesel::QueryResult;
use sha2::{Digest as _, Sha256};

use super::driver::Driver;
use super::history::TABLES;

/// What stands between a note about a statement and the number.
pub(super) const BEFORE: &str = "; before it ";

/// The number now. History is no part of it, and neither is anything that rows change.
pub(super) fn landmark(driver: &mut dyn Driver) -> QueryResult<String> {
    let mut lines = Vec::new();
    for (columns, table, schema, owner) in KINDS {
        let ours = if owner.is_empty() {
            String::new()
        } else {
            format!(" AND {owner} NOT IN ('{}')", TABLES.join("', '"))
        };
        let columns: Vec<_> = columns.iter().map(|c| format!("COALESCE({c}, '')")).collect();
        let sql = format!(
            "SELECT CONCAT_WS('|', '{table}', {}) AS v FROM information_schema.{table} \
             WHERE {schema} = DATABASE(){ours}",
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

const KINDS: [Kind; 9] = [
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
    (&["TABLE_NAME", "VIEW_DEFINITION", "CHECK_OPTION"], "VIEWS", "TABLE_SCHEMA", ""),
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
        "EVENT_OBJECT_TABLE",
    ),
    (&["ROUTINE_NAME", "ROUTINE_TYPE", "ROUTINE_DEFINITION"], "ROUTINES", "ROUTINE_SCHEMA", ""),
];
