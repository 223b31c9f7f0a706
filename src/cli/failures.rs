//! What the layers below can fail with, as the user is told it: the exit code and the hints.

use super::context::relative;
use super::exit::Exit;
use super::report::Failure;
use super::unsettled;
use crate::apply::prove::ProveError;
use crate::apply::said::Said;
use crate::apply::{ApplyError, Direction};
use crate::backend::{DatabaseError, Refusal};
use crate::connection::ConnectionError;
use crate::diff::rename::{RenameCandidate, RenameError};
use crate::files::FilesError;
use crate::parse::ParseErrors;
use crate::pipeline::CreateError;
use crate::plan::safety::{Hazard, Severity};

/// Where a defect of glowplug is reported.
const ISSUES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/issues");

impl From<ConnectionError> for Failure {
    fn from(error: ConnectionError) -> Self {
        let failure = Self::of(Exit::Failed, &error);
        if error.is_not_found() {
            return failure.hint("`glowplug migrate` creates it");
        }
        if let ConnectionError::Unrecovered { path, .. } = &error {
            let path = relative(path);
            return failure.hint(format!(
                "open it once as somebody who may write there: sqlite3 {} .schema",
                path.display()
            ));
        }
        failure
    }
}

impl From<ParseErrors> for Failure {
    fn from(errors: ParseErrors) -> Self {
        Self::frames(Exit::Failed, errors.render(false), errors.render(true))
    }
}

impl From<FilesError> for Failure {
    fn from(error: FilesError) -> Self {
        let failure = Self::of(Exit::Failed, &error);
        if error.is_no_directory() {
            return failure.hint("`glowplug init` makes it");
        }
        failure
    }
}

impl From<DatabaseError> for Failure {
    fn from(error: DatabaseError) -> Self {
        let failure = Self::of(if error.is_locked() { Exit::Locked } else { Exit::Failed }, &error);
        let source = std::error::Error::source(&error).map(ToString::to_string);
        failure.hints(source.as_deref().and_then(Said::of).map(|said| said.hint()))
    }
}

impl From<ProveError> for Failure {
    fn from(error: ProveError) -> Self {
        let exit = if error.is_refusal() { Exit::Refused } else { Exit::Failed };
        let failure = Self::of(exit, &error);
        match error {
            ProveError::Refused(refusal) => failure.hints(refusal.hint),
            ProveError::Differs { .. } | ProveError::Touched { .. } | ProveError::Rows { .. } => {
                failure.hint(format!(
                    "nothing was written; this is a defect of glowplug, please report it: {ISSUES}"
                ))
            }
            ProveError::Failed { .. } => failure.hint(
                "`--dry-run --unproven` prints the SQL; what `ddl!` and `--fill` say stands in it as written",
            ),
            ProveError::Unavailable { .. } => {
                failure.hint("`--unproven` writes the migration without having run it")
            }
            _ => failure,
        }
    }
}

impl From<CreateError> for Failure {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Refused(refusals) => refused(&refusals),
            CreateError::Ambiguous(candidates) => ambiguous(&candidates),
            CreateError::Hazards(hazards) => hazardous(&hazards),
            CreateError::Rename(error) => wrong_rename(&error),
            CreateError::Unproven(error) => error.into(),
            CreateError::Behind(status) => unsettled::failure(&status),
            CreateError::Apply(error) => Self::from(&error),
            CreateError::Replayed { error, lacking } => replayed(&error, &lacking),
            CreateError::Database(error) => error.into(),
            CreateError::Files(error @ FilesError::Overtaken { .. }) => {
                Self::of(Exit::Refused, &error)
                    .hint("`glowplug migrate` applies it; then run this command again")
            }
            CreateError::Files(error) => error.into(),
            other => Self::of(Exit::Failed, &other),
        }
    }
}

impl From<&ApplyError> for Failure {
    fn from(error: &ApplyError) -> Self {
        let exit = match error {
            _ if error.is_lock_timeout() => Exit::Locked,
            _ if error.is_pending() => Exit::Differences,
            _ => Exit::Failed,
        };
        let failure = Self::of(exit, error);
        match error {
            ApplyError::FileRead { .. } => failure.hint(
                "run it again when that has read to its end; `--lock-timeout SECONDS` waits longer",
            ),
            _ if error.is_lock_timeout() => failure.hint("`--lock-timeout SECONDS` waits longer"),
            _ if error.is_read_only() => failure.hint(
                "this server only reads: it is a standby, or its role or database is set so; take the URL of the one that writes",
            ),
            ApplyError::LockLost { .. } | ApplyError::LockShared => {
                failure.hint("`--lock-mode transaction`, or the URL of the server itself")
            }
            ApplyError::LeaseLost { .. } => failure.hint(
                "this run was suspended, or without its heartbeat, for longer than the lease: run it again",
            ),
            ApplyError::OutsideTransaction { .. } => {
                failure.hint("`--lock-mode session` with the URL of the server itself")
            }
            ApplyError::NoTransactionLock => failure.hint("`--lock-mode session`"),
            ApplyError::UnknownVersion { .. } => failure.hint("`glowplug status` lists them"),
            ApplyError::Duplicate { .. } => failure.hint("rename one of the directories"),
            ApplyError::OutOfOrder { .. } => {
                failure.hint("without `--strict` they are applied, and reported")
            }
            ApplyError::Edited { .. } => {
                failure.hint("put the old text back, and write a new migration for the change")
            }
            ApplyError::ChangedSinceStopped { .. } => failure.hint(
                "put these statements back as they were; or leave in the file only what is still to do, and run `glowplug repair`: then the next run begins with the first",
            ),
            ApplyError::HalfDone { .. } => failure.hint(
                "`glowplug migrate` goes on with them; `glowplug repair` forgets where they stopped",
            ),
            ApplyError::UnknownOutcome { .. } => failure.hint(
                "look whether it took effect, leave in the file only what is still to do, and run `glowplug repair`",
            ),
            _ => match error.failure() {
                Some(failed) => {
                    let failure = failure.hints(failed.hint.clone());
                    match Said::of(&failed.message) {
                        // No change of the file helps.
                        Some(Said::Broken { .. }) => failure,
                        _ if !failed.is_about_its_text() => failure,
                        _ => failure.hint(again(failed.direction)),
                    }
                }
                None => failure,
            },
        }
    }
}

/// A migration that fails on a scratch database. The file may be applied elsewhere for long: it is
/// not to be changed then.
pub(super) fn replayed(error: &ApplyError, lacking: &[String]) -> Failure {
    let Some(failed) = error.failure() else { return Failure::from(error) };
    let failure = Failure::of(Exit::Failed, error).hints(failed.hint.clone()).hint(
        "the migrations were replayed on an empty scratch database: what a database had before the \
         first of them must be made by one before it",
    );
    failure.hints(lacks(lacking))
}

/// The extensions that a scratch database could not get.
pub(super) fn lacks(lacking: &[String]) -> impl Iterator<Item = String> {
    lacking.iter().map(|extension| {
        format!("your database has the extension {extension}, which the scratch one could not get")
    })
}

/// What to do once the cause of a failure is gone.
fn again(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "mend the file and run `glowplug migrate` again",
        Direction::Down => "mend the file and run `glowplug revert` again",
    }
}

/// Objects that cannot be changed, each by its name.
pub(super) fn refused(refusals: &[Refusal]) -> Failure {
    let messages = refusals.iter().map(ToString::to_string).collect();
    let hints = refusals.iter().filter_map(|refusal| refusal.hint.clone());
    Failure::several(Exit::Refused, messages).hints(hints)
}

fn ambiguous(candidates: &[RenameCandidate]) -> Failure {
    let messages = candidates
        .iter()
        .map(|candidate| {
            let what = super::answers::renamed(candidate);
            format!("{what} was perhaps renamed, or dropped and added")
        })
        .collect();
    let renames =
        candidates.iter().map(|it| format!("if it was renamed: `--rename {}`", it.rename));
    Failure::several(Exit::Refused, messages).hints(renames).hint("if it was not: `--no-renames`")
}

fn hazardous(hazards: &[Hazard]) -> Failure {
    let messages = hazards.iter().map(|hazard| hazard.message.clone()).collect();
    let mut allow: Vec<_> = hazards
        .iter()
        .filter(|hazard| hazard.severity == Severity::Loss)
        .map(|hazard| hazard.name)
        .collect();
    allow.sort_unstable();
    allow.dedup();
    let failure = Failure::several(Exit::Refused, messages)
        .hints(hazards.iter().filter_map(|hazard| hazard.hint.clone()));
    if allow.is_empty() {
        return failure;
    }
    failure.hint(format!("if that is meant: `--allow {}`", allow.join(",")))
}

fn wrong_rename(error: &RenameError) -> Failure {
    Failure::of(Exit::Refused, error).hints(error.hint())
}
