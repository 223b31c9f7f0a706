//! SQLite's pragmas that belong to a connection, temporary objects and attached files.

/// The pragmas that change what statements mean or how safely and fast they run, with the column of
/// their table-valued function where that has another name. SQLite 3.26 has all of them. Left out
/// are those that belong to the file (`journal_mode`), and those that cannot be read
/// (`case_sensitive_like`, `wal_autocheckpoint`; <https://sqlite.org/pragma.html>).
const PRAGMAS: [(&str, &str); 20] = [
    ("automatic_index", ""),
    ("busy_timeout", "timeout"),
    ("cache_size", ""),
    ("cell_size_check", ""),
    ("checkpoint_fullfsync", ""),
    ("foreign_keys", ""),
    ("fullfsync", ""),
    ("ignore_check_constraints", ""),
    ("journal_size_limit", ""),
    ("legacy_alter_table", ""),
    ("locking_mode", ""),
    ("query_only", ""),
    ("read_uncommitted", ""),
    ("recursive_triggers", ""),
    ("reverse_unordered_selects", ""),
    ("secure_delete", ""),
    ("synchronous", ""),
    ("temp_store", ""),
    ("threads", ""),
    ("writable_schema", ""),
];

/// Lines `name=value`, and `=` with SQL that removes a temporary object. A virtual table takes the
/// tables behind it along.
pub(super) fn read() -> String {
    let pragmas = PRAGMAS.iter().map(|(pragma, column)| {
        let column = if column.is_empty() { pragma } else { column };
        format!("SELECT '{pragma}=' || {column} AS v FROM pragma_{pragma}")
    });
    let temporary = "SELECT v FROM (SELECT '=DROP ' || type || ' IF EXISTS temp.' \
           || '\"' || replace(name, '\"', '\"\"') || '\"' AS v FROM sqlite_temp_master \
         WHERE type IN ('table', 'view', 'trigger') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC, rowid DESC)";
    let attached = "SELECT '=DETACH \"' || replace(name, '\"', '\"\"') || '\"' \
         FROM pragma_database_list WHERE name NOT IN ('main', 'temp')";
    let all = pragmas.chain([temporary.to_owned(), attached.to_owned()]);
    all.collect::<Vec<_>>().join(" UNION ALL ")
}

pub(super) fn set(pragma: &str, value: &str) -> String {
    format!("PRAGMA {pragma} = {value}")
}
