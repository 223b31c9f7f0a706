//! The variables of a session of MySQL and MariaDB, and its database.

use crate::apply::sql::{literal, name};
use crate::model::Backend;

/// The database that `USE` chooses.
const DATABASE: &str = "database";

/// The variables that change what statements mean, or how long they may take. All versions of both
/// servers have them. Left out are those that change by themselves (`timestamp`, `insert_id`), and
/// a user's own (`@x`), which no migration finds by accident.
const VARIABLES: [&str; 42] = [
    "auto_increment_increment",
    "auto_increment_offset",
    "autocommit",
    "bulk_insert_buffer_size",
    "character_set_client",
    "character_set_connection",
    "character_set_results",
    "collation_connection",
    "completion_type",
    "default_storage_engine",
    "default_week_format",
    "div_precision_increment",
    "foreign_key_checks",
    "group_concat_max_len",
    "innodb_lock_wait_timeout",
    "innodb_strict_mode",
    "join_buffer_size",
    "lc_messages",
    "lc_time_names",
    "lock_wait_timeout",
    "low_priority_updates",
    "max_heap_table_size",
    "max_join_size",
    "max_sp_recursion_depth",
    "net_read_timeout",
    "net_write_timeout",
    "optimizer_switch",
    "read_buffer_size",
    "sort_buffer_size",
    "sql_auto_is_null",
    "sql_big_selects",
    "sql_log_bin",
    "sql_mode",
    "sql_notes",
    "sql_quote_show_create",
    "sql_safe_updates",
    "sql_select_limit",
    "time_zone",
    "tmp_table_size",
    "unique_checks",
    "updatable_views_with_limit",
    "wait_timeout",
];

/// Those that not all of them have, behind the words that begin a comment for the others: MariaDB
/// alone reads `/*M!`, and it skips what is for MySQL 5.7 to 9.9
/// (<https://mariadb.com/kb/en/comment-syntax/>).
const OF_SOME: [(&str, &str); 9] = [
    ("M!", "check_constraint_checks"),
    ("M!", "max_statement_time"),
    ("M!", "system_versioning_alter_history"),
    ("M!", "tx_isolation"),
    ("M!", "tx_read_only"),
    ("!80000", "max_execution_time"),
    ("!80000", "transaction_isolation"),
    ("!80000", "transaction_read_only"),
    ("!80013", "sql_require_primary_key"),
];

/// Lines `name=value`.
pub(super) fn read() -> String {
    let value = |variable: &str| {
        format!("SELECT CONCAT('{variable}=', COALESCE(@@SESSION.{variable}, 'NULL')) AS v")
    };
    let mut sql = format!("SELECT CONCAT('{DATABASE}=', DATABASE()) AS v");
    for variable in VARIABLES {
        sql.push_str(&format!(" UNION ALL {}", value(variable)));
    }
    for (start, variable) in OF_SOME {
        sql.push_str(&format!(" /*{start} UNION ALL {} */", value(variable)));
    }
    sql
}

pub(super) fn set(key: &str, value: &str) -> String {
    // A variable that is a number takes no text (`lock_wait_timeout`).
    let bare = value == "NULL" || value.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    match (key, value) {
        (DATABASE, database) => format!("USE {}", name(Backend::Mysql, database)),
        (key, value) if bare && !value.is_empty() => format!("SET SESSION {key} = {value}"),
        (key, value) => format!("SET SESSION {key} = {}", literal(Backend::Mysql, value)),
    }
}

/// A temporary table is gone, and one of the schema is not: `TEMPORARY` never means that
/// (<https://mariadb.com/kb/en/drop-table/>).
pub(super) fn drop_temporary(table: &str) -> String {
    format!("DROP TEMPORARY TABLE IF EXISTS {table}")
}
