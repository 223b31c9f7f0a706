//! What may be run only to see what it would do: nothing that a transaction, a scratch database or a
//! copy of the file does not hold.

use crate::apply::driver::Driver as _;
use crate::backend::DatabaseError;
use crate::connection::AnyConnection;
use crate::files::statement::{lexemes, split};
use crate::model::Backend;

/// How statements of PostgreSQL begin that its transaction takes back.
const POSTGRES: [&str; 18] = [
    "ALTER", "ANALYZE", "COMMENT", "CREATE", "DELETE", "DO", "DROP", "GRANT", "INSERT", "LOCK",
    "REFRESH", "RESET", "REVOKE", "SELECT", "SET", "TRUNCATE", "UPDATE", "WITH",
];

/// How statements of MySQL begin that stay in the database that they run in, as long as they name no
/// other.
const MYSQL: [&[&str]; 18] = [
    &["ALTER", "TABLE"],
    &["CREATE", "FULLTEXT", "INDEX"],
    &["CREATE", "INDEX"],
    &["CREATE", "SPATIAL", "INDEX"],
    &["CREATE", "TABLE"],
    &["CREATE", "TRIGGER"],
    &["CREATE", "UNIQUE", "INDEX"],
    &["CREATE", "VIEW"],
    &["DELETE"],
    &["DROP", "INDEX"],
    &["DROP", "TABLE"],
    &["DROP", "TRIGGER"],
    &["DROP", "VIEW"],
    &["INSERT"],
    &["RENAME", "TABLE"],
    &["REPLACE"],
    &["SELECT"],
    &["UPDATE"],
];

/// Why the scripts are not run: the first statement that might leave something.
///
/// # Errors
/// When the server does not say which databases it has.
pub fn escape(
    connection: &mut AnyConnection,
    scripts: &[String],
) -> Result<Option<String>, DatabaseError> {
    let backend = connection.backend();
    let others = databases(connection)?;
    let pieces = scripts.iter().flat_map(|script| split(backend, script));
    let mut pieces = pieces.filter(|piece| !piece.is_blank());
    let escapes = pieces.find(|piece| {
        let words: Vec<&str> = piece.words().iter().map(String::as_str).collect();
        match backend {
            Backend::Sqlite => matches!(words[..], ["ATTACH" | "DETACH" | "VACUUM", ..]),
            Backend::Postgres => {
                let known = words.first().is_some_and(|word| POSTGRES.contains(word));
                !known || words.contains(&"CONCURRENTLY") || ends_transactions(piece.text)
            }
            Backend::Mysql => {
                let known = MYSQL.iter().any(|start| words.starts_with(start))
                    || words.first() == Some(&"SET") && !outlives_the_session(piece.text);
                !known || names_another(piece.text, &others)
            }
        }
    });
    Ok(escapes.map(|piece| piece.text.lines().next().unwrap_or_default().to_owned()))
}

/// The first statement of migrations that would change another database than the one that they run in,
/// with the migration's name: a scratch database does not hold that.
///
/// # Errors
/// When the server does not say which databases it has.
pub fn elsewhere<'a>(
    connection: &mut AnyConnection,
    scripts: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Option<(&'a str, &'a str)>, DatabaseError> {
    let backend = connection.backend();
    let mut others = databases(connection)?;
    // They are only read.
    others.retain(|name| !VIEWS.iter().any(|views| name.eq_ignore_ascii_case(views)));
    let mut scripts = scripts.into_iter();
    Ok(scripts.find_map(|(name, script)| {
        let piece = split(backend, script).into_iter().find(|piece| match backend {
            Backend::Sqlite => false,
            Backend::Postgres => piece.starts_with(&["DROP", "DATABASE"]),
            Backend::Mysql => {
                let all = [["CREATE"], ["ALTER"], ["DROP"]].iter().any(|verb| {
                    piece.starts_with(verb)
                        && piece.words().iter().any(|word| word == "DATABASE" || word == "SCHEMA")
                });
                all || piece.starts_with(&["USE"]) || names_another(piece.text, &others)
            }
        })?;
        Some((name, piece.text.lines().next().unwrap_or_default()))
    }))
}

/// The databases of MariaDB and MySQL that show the server itself.
const VIEWS: [&str; 3] = ["information_schema", "performance_schema", "sys"];

/// The databases that a statement can name: none but its own, but for MySQL.
fn databases(connection: &mut AnyConnection) -> Result<Vec<String>, DatabaseError> {
    if connection.backend() != Backend::Mysql {
        return Ok(Vec::new());
    }
    let found = connection.texts("SELECT SCHEMA_NAME AS v FROM information_schema.SCHEMATA");
    let found = found.map_err(DatabaseError::query("reading the names of databases"))?;
    Ok(found.into_iter().flatten().collect())
}

/// A block of code may end the transaction.
fn ends_transactions(sql: &str) -> bool {
    let sql = sql.to_ascii_uppercase();
    sql.starts_with("DO") && (sql.contains("COMMIT") || sql.contains("ROLLBACK"))
}

/// Whether a `SET` of MySQL is for more than the session.
fn outlives_the_session(sql: &str) -> bool {
    let sql = sql.to_ascii_uppercase();
    ["GLOBAL", "PERSIST", "PASSWORD", "ROLE"].iter().any(|word| sql.contains(word))
}

/// Whether a name of another database stands before a dot, or something is run that looks like a
/// comment.
fn names_another(sql: &str, others: &[String]) -> bool {
    let lexemes = lexemes(Backend::Mysql, sql);
    let before_dot =
        lexemes.windows(2).filter(|two| two[1].is(".")).filter_map(|two| two[0].plain());
    sql.contains("/*!") || sql.contains("/*M!") || { before_dot }
        .any(|name| others.iter().any(|other| other.eq_ignore_ascii_case(&name)))
}
