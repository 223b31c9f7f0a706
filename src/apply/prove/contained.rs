//! What a trial of a migration holds: nothing that a transaction, a scratch database or a copy of the
//! file does not take back may be run only to see what it would do.

use crate::apply::driver::Driver as _;
use crate::backend::DatabaseError;
use crate::connection::AnyConnection;
use crate::files::statement::{Lexeme, Piece, lexemes, split};
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

/// What belongs to a whole PostgreSQL server, or leaves it.
const OF_A_POSTGRES_SERVER: [&[&str]; 16] = [
    &["ALTER", "ROLE"],
    &["ALTER", "USER"],
    &["ALTER", "GROUP"],
    &["ALTER", "DATABASE"],
    &["ALTER", "TABLESPACE"],
    &["ALTER", "SYSTEM"],
    &["ALTER", "SUBSCRIPTION"],
    &["CREATE", "DATABASE"],
    &["CREATE", "TABLESPACE"],
    &["CREATE", "SUBSCRIPTION"],
    &["DROP", "ROLE"],
    &["DROP", "USER"],
    &["DROP", "GROUP"],
    &["DROP", "DATABASE"],
    &["DROP", "TABLESPACE"],
    &["DROP", "SUBSCRIPTION"],
];

/// How functions of PostgreSQL begin whose effects no transaction takes back (15, 9.27 and 9.28).
const LASTING_FUNCTIONS: [&str; 15] = [
    "PG_CANCEL_",
    "PG_COPY_",
    "PG_CREATE_",
    "PG_DROP_",
    "PG_FILE_",
    "PG_LOGICAL_EMIT",
    "PG_PROMOTE",
    "PG_RELOAD_",
    "PG_REPLICATION_",
    "PG_ROTATE_",
    "PG_SWITCH_",
    "PG_TERMINATE_",
    "PG_WAL_REPLAY_",
    "DBLINK",
    "LO_EXPORT",
];

/// What belongs to a whole MariaDB or MySQL server.
const OF_A_MYSQL_SERVER: [&[&str]; 17] = [
    &["ALTER", "USER"],
    &["ALTER", "ROLE"],
    &["ALTER", "DATABASE"],
    &["ALTER", "SCHEMA"],
    &["ALTER", "SERVER"],
    &["CREATE", "DATABASE"],
    &["CREATE", "SCHEMA"],
    &["DROP", "USER"],
    &["DROP", "ROLE"],
    &["DROP", "DATABASE"],
    &["DROP", "SCHEMA"],
    &["DROP", "SERVER"],
    &["RENAME", "USER"],
    &["REPLACE", "USER"],
    &["REPLACE", "ROLE"],
    &["REPLACE", "DATABASE"],
    &["REPLACE", "SCHEMA"],
];

/// How statements of MariaDB and MySQL begin that concern a whole server.
const VERBS_OF_A_MYSQL_SERVER: [&str; 12] = [
    "CHANGE",
    "CLONE",
    "INSTALL",
    "KILL",
    "PURGE",
    "RESET",
    "RESTART",
    "REVOKE",
    "SHUTDOWN",
    "STOP",
    "UNINSTALL",
    "USE",
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
                !known
                    || words.contains(&"CONCURRENTLY")
                    || ends_transactions(piece.text)
                    || changes_postgres(piece.text)
            }
            Backend::Mysql => {
                let known = MYSQL.iter().any(|start| words.starts_with(start))
                    || words.first() == Some(&"SET") && !outlives_the_session(piece);
                !known || names_another(piece.text, &others)
            }
        }
    });
    Ok(escapes.map(|piece| first_line(&piece)))
}

/// The first statement of migrations that would change more than the database that they run in, with
/// the migration's name: a scratch database does not hold that.
///
/// # Errors
/// When the server does not say which databases it has.
pub fn elsewhere<'a>(
    connection: &mut AnyConnection,
    scripts: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Option<(&'a str, String)>, DatabaseError> {
    let backend = connection.backend();
    let mut others = databases(connection)?;
    // They are only read.
    others.retain(|name| !VIEWS.iter().any(|views| name.eq_ignore_ascii_case(views)));
    let mut scripts = scripts.into_iter();
    Ok(scripts.find_map(|(name, script)| {
        let mut pieces = split(backend, script).into_iter().filter(|piece| !piece.is_blank());
        let piece = pieces.find(|piece| match backend {
            Backend::Sqlite => writes_another_file(piece),
            Backend::Postgres => changes_postgres(piece.text),
            Backend::Mysql => changes_mysql(piece) || names_another(piece.text, &others),
        })?;
        Some((name, first_line(&piece)))
    }))
}

fn first_line(piece: &Piece<'_>) -> String {
    piece.text.lines().next().unwrap_or_default().to_owned()
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

/// SQLite: whether it writes to another file than the database. One in memory is none.
fn writes_another_file(piece: &Piece<'_>) -> bool {
    let lexemes = lexemes(Backend::Sqlite, piece.text);
    let in_memory = || {
        let file = lexemes.iter().skip(1).find(|lexeme| !lexeme.is("DATABASE"));
        matches!(file.and_then(Lexeme::plain).as_deref(), Some("" | ":memory:"))
    };
    piece.starts_with(&["ATTACH"]) && !in_memory()
        || piece.starts_with(&["VACUUM"]) && lexemes.iter().any(|lexeme| lexeme.is("INTO"))
}

/// Whether a statement, or the code that it runs, changes more than its database.
fn changes_postgres(sql: &str) -> bool {
    let words = words(Backend::Postgres, sql, &["DO"]);
    let lasts = |two: &[String]| {
        two[1] == "(" && LASTING_FUNCTIONS.iter().any(|start| two[0].starts_with(start))
    };
    // That is of one database: `ALTER USER MAPPING`.
    let is_mapping = |at: usize| words.get(at + 2).is_some_and(|word| word == "MAPPING");
    let beyond = |at: usize| says(&words[at..], &OF_A_POSTGRES_SERVER) && !is_mapping(at);
    words.windows(2).any(lasts) || (0..words.len()).any(beyond)
}

fn changes_mysql(piece: &Piece<'_>) -> bool {
    let words = words(Backend::Mysql, piece.text, &["PREPARE", "EXECUTE", "SET"]);
    let verb = piece.words().first().map(String::as_str).unwrap_or_default();
    let replica = matches!(words.get(1).map(String::as_str), Some("REPLICA" | "SLAVE"));
    VERBS_OF_A_MYSQL_SERVER.contains(&verb)
        || verb == "START" && replica
        || verb == "SET" && outlives_the_session(piece)
        || (0..words.len()).any(|at| says(&words[at..], &OF_A_MYSQL_SERVER))
}

fn says(words: &[String], those: &[&[&str]]) -> bool {
    those
        .iter()
        .any(|phrase| phrase.len() <= words.len() && phrase.iter().zip(words).all(|(a, b)| a == b))
}

/// The bare words and signs of a statement in upper case; of one that begins with one of these words,
/// those in its strings too: they are run.
fn words(backend: Backend, sql: &str, running: &[&str]) -> Vec<String> {
    let first = lexemes(backend, sql).first().map(|first| first.text.to_ascii_uppercase());
    let mut all = Vec::new();
    add_words(backend, sql, first.is_some_and(|first| running.contains(&first.as_str())), &mut all);
    all
}

fn add_words(backend: Backend, sql: &str, runs: bool, all: &mut Vec<String>) {
    for lexeme in lexemes(backend, sql) {
        match lexeme.body() {
            Some(body) if runs => add_words(backend, &body, runs, all),
            Some(_) => {}
            None => all.push(lexeme.text.to_ascii_uppercase()),
        }
    }
}

/// Whether a `SET` of MySQL is for more than the session, or the `SET STATEMENT … FOR` of MariaDB, which
/// is any statement.
fn outlives_the_session(piece: &Piece<'_>) -> bool {
    let sql = piece.text.to_ascii_uppercase();
    piece.starts_with(&["SET", "STATEMENT"])
        || ["GLOBAL", "PERSIST", "PASSWORD", "ROLE"].iter().any(|word| sql.contains(word))
}

/// Whether a name of another database stands before a dot, in a text that is run too, or something is
/// run that looks like a comment.
fn names_another(sql: &str, others: &[String]) -> bool {
    let lexemes = lexemes(Backend::Mysql, sql);
    let before_dot =
        lexemes.windows(2).filter(|two| two[1].is(".")).filter_map(|two| two[0].plain());
    let runs = ["PREPARE", "EXECUTE", "SET"];
    let runs = lexemes.first().is_some_and(|first| runs.iter().any(|word| first.is(word)));
    let mut bodies = lexemes.iter().filter(|_| runs).filter_map(Lexeme::body);
    sql.contains("/*!")
        || sql.contains("/*M!")
        || { before_dot }.any(|name| others.iter().any(|other| other.eq_ignore_ascii_case(&name)))
        || bodies.any(|body| names_another(&body, others))
}
