//! Each migration up, down and up again.

use serde::Serialize;

use super::chain::Chain;
use crate::apply::prove::Stage;
use crate::apply::{ApplyError, Direction, FailedStatement};
use crate::backend::{Backend, CatalogChange, Dialect, IRREVERSIBLE, catalog_changes};
use crate::files::MigrationFile;
use crate::files::statement::{Lexeme, Piece, lexemes, split};
use crate::pipeline::{CreateError, rows};

/// What came of running one migration up, down and up again, from where the ones before it end.
#[derive(Clone, Debug, Serialize)]
pub struct RoundTrip {
    /// The name of its directory.
    pub name: String,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What could not be tried, or is worth knowing.
    pub notes: Vec<Note>,
}

/// Something wrong with a migration.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// Which run of a file showed it.
    pub stage: Stage,
    /// What is true, without the migration's name.
    pub message: String,
    /// The object that is not as it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<CatalogChange>,
    /// The file that holds the statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<&'static str>,
    /// The statement that failed, or that made the difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<FailedStatement>,
}

/// Something to know about a migration that is no mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "note", rename_all = "kebab-case")]
pub enum Note {
    /// There is no down.sql, so only up.sql ran.
    NoDown,
    /// down.sql only says why nothing takes up.sql back, so only that ran.
    Irreversible,
    /// down.sql leaves rows otherwise than they were.
    RowsStay {
        /// The table.
        table: String,
        /// How many rows there were before up.sql.
        before: usize,
        /// How many there are after down.sql.
        after: usize,
    },
    /// up.sql writes other rows the second time.
    RowsDiffer {
        /// The table.
        table: String,
        /// How many rows there were the first time.
        before: usize,
        /// How many there are the second time.
        after: usize,
    },
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoDown => f.write_str("has no down.sql: only up.sql ran"),
            Self::Irreversible => {
                f.write_str("cannot be taken back, as down.sql says: only up.sql ran")
            }
            Self::RowsStay { table, before, after } => write!(
                f,
                "down.sql does not bring the rows of `{table}` back: {before} before, {after} after"
            ),
            Self::RowsDiffer { table, before, after } => write!(
                f,
                "up.sql writes other rows to `{table}` after down.sql: {before} the first time, \
                 {after} the second"
            ),
        }
    }
}

/// How far a migration was tried.
pub(super) enum Tried {
    /// It ran up, and the chain goes on from there.
    Up(RoundTrip),
    /// It does not run where the ones before it end.
    Not(ApplyError),
}

/// Runs a migration on the end of a chain. `chain` is at its end afterwards, on a new database where
/// the old one was spoilt.
pub(super) fn round_trip<'a>(
    chain: &mut Chain<'a>,
    done: &[MigrationFile],
    migration: &MigrationFile,
    dialect: &dyn Dialect,
) -> Result<Tried, CreateError> {
    let mut trip = RoundTrip {
        name: migration.directory_name.clone(),
        problems: Vec::new(),
        notes: Vec::new(),
    };
    let writes_rows = writes_rows(dialect.backend(), migration);
    let before = chain.catalog()?;
    let rows_before = if writes_rows { chain.rows()? } else { rows::Rows::new() };
    if let Err(error) = chain.up(migration) {
        return Ok(Tried::Not(error));
    }
    let one_way = migration.down.as_deref().is_some_and(says_irreversible);
    if migration.down.is_none() || one_way {
        trip.notes.push(if one_way { Note::Irreversible } else { Note::NoDown });
        return Ok(Tried::Up(trip));
    }
    let after = chain.catalog()?;
    let rows_after = if writes_rows { chain.rows()? } else { rows::Rows::new() };

    match chain.down(migration) {
        Err(error) => trip.problems.push(failed(Stage::Down, &error)),
        Ok(()) => {
            let mut changes = real(catalog_changes(dialect, &before, &chain.catalog()?));
            changes.retain(|change| !stays(dialect.backend(), &migration.up, change));
            let blame = |change| not_restored(Stage::Down, change, migration, dialect.backend());
            trip.problems.extend(changes.into_iter().map(blame));
            if writes_rows && trip.problems.is_empty() {
                let differences = rows::differences(&rows_before, &chain.rows()?);
                trip.notes.extend(differences.into_iter().map(|(table, before, after)| {
                    Note::RowsStay { table: table.to_string(), before, after }
                }));
            }
        }
    }
    if trip.problems.is_empty() {
        match chain.up(migration) {
            Err(error) => trip.problems.push(failed(Stage::UpAgain, &error)),
            Ok(()) => {
                let changes = real(catalog_changes(dialect, &after, &chain.catalog()?));
                let blame =
                    |change| not_restored(Stage::UpAgain, change, migration, dialect.backend());
                trip.problems.extend(changes.into_iter().map(blame));
                // Rows that stayed explain why there are more of them now.
                if writes_rows && trip.problems.is_empty() && trip.notes.is_empty() {
                    let differences = rows::differences(&rows_after, &chain.rows()?);
                    let counted = differences.into_iter().filter(|(_, one, two)| one != two);
                    trip.notes.extend(counted.map(|(table, before, after)| Note::RowsDiffer {
                        table: table.to_string(),
                        before,
                        after,
                    }));
                }
            }
        }
    }
    if !trip.problems.is_empty() || !trip.notes.is_empty() {
        *chain = chain.anew(done.iter().chain([migration]))?;
    }
    Ok(Tried::Up(trip))
}

/// Whether down.sql is what `create` writes where there is no way back.
fn says_irreversible(down: &str) -> bool {
    let says = format!("-- {IRREVERSIBLE}: ");
    down.lines().any(|line| line.starts_with(&says))
}

/// Those that are more than a spelling: a column that comes back stands last, and a name that was
/// renamed there and back may have other quotes.
fn real(changes: Vec<CatalogChange>) -> Vec<CatalogChange> {
    changes.into_iter().filter(|change| !change.spelling && change.kind != "grants").collect()
}

/// Whether down.sql leaves a schema that up.sql may have found: `IF NOT EXISTS` says so.
pub(in crate::pipeline) fn stays(backend: Backend, up: &str, change: &CatalogChange) -> bool {
    let makes = |piece: &Piece<'_>| {
        piece.starts_with(&["CREATE", "SCHEMA", "IF", "NOT", "EXISTS"])
            && lexemes(backend, piece.text)
                .get(5)
                .and_then(Lexeme::plain)
                .is_some_and(|name| name == change.name)
    };
    change.kind == "schema" && change.from.is_none() && split(backend, up).iter().any(makes)
}

fn failed(stage: Stage, error: &ApplyError) -> Problem {
    let failure = error.failure();
    let file = match stage {
        Stage::Down => Direction::Down.file(),
        Stage::Up | Stage::UpAgain => Direction::Up.file(),
    };
    let what = failure.map_or_else(|| error.to_string(), |failure| failure.message.clone());
    Problem {
        stage,
        message: format!("{} fails: {what}", run_of(stage)),
        object: None,
        file: failure.map(|_| file),
        statement: failure.and_then(|failure| failure.statement.clone()),
    }
}

fn not_restored(
    stage: Stage,
    change: CatalogChange,
    migration: &MigrationFile,
    backend: Backend,
) -> Problem {
    let run = run_of(stage);
    let message = match (&change.from, &change.to, stage) {
        (None, ..) => format!("{run} leaves {change}, which was not there"),
        (Some(_), None, _) => format!("{run} does not bring {change} back"),
        (Some(_), Some(_), Stage::Down) => format!("{run} does not restore {change}"),
        (Some(_), Some(_), _) => format!("{run} makes another {change}"),
    };
    let statement = culprit(backend, &migration.up, &change);
    let file = statement.as_ref().map(|_| Direction::Up.file());
    Problem { stage, message, object: Some(change), file, statement }
}

/// Which run of which file.
fn run_of(stage: Stage) -> &'static str {
    match stage {
        Stage::Up => "up.sql",
        Stage::Down => "down.sql",
        Stage::UpAgain => "up.sql, run again after down.sql,",
    }
}

/// The first statement of up.sql that names the object and changes the shape of something.
fn culprit(backend: Backend, up: &str, change: &CatalogChange) -> Option<FailedStatement> {
    let pieces: Vec<_> = split(backend, up).into_iter().filter(|piece| !piece.is_blank()).collect();
    // `audit.touched(integer)` stands as `touched` in the text.
    let name = change.name.split('(').next().unwrap_or_default();
    let wanted = name.rsplit('.').next().unwrap_or_default();
    let names = |text: &str| {
        lexemes(backend, text)
            .iter()
            .any(|lexeme| lexeme.plain().is_some_and(|name| name.eq_ignore_ascii_case(wanted)))
    };
    let shapes = ["CREATE", "ALTER", "DROP"];
    let found = pieces.iter().position(|piece| {
        shapes.iter().any(|shape| piece.starts_with(&[shape])) && names(piece.text)
    })?;
    Some(FailedStatement {
        number: found + 1,
        of: pieces.len(),
        line: pieces[found].line,
        sql: pieces[found].text.to_owned(),
    })
}

/// Whether a migration may change rows: only then they are compared.
fn writes_rows(backend: Backend, migration: &MigrationFile) -> bool {
    const SHAPES: [&str; 8] =
        ["CREATE", "ALTER", "DROP", "PRAGMA", "BEGIN", "COMMIT", "SET", "COMMENT"];
    let texts = [Some(&migration.up), migration.down.as_ref()];
    texts.into_iter().flatten().any(|text| {
        let pieces = split(backend, text);
        pieces.iter().filter(|piece| !piece.is_blank()).any(|piece| {
            let selects = piece.words().iter().any(|word| word == "SELECT" || word == "WITH");
            selects || !SHAPES.iter().any(|shape| piece.starts_with(&[shape]))
        })
    })
}
