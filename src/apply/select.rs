//! Chooses what to run, and refuses what must not be, before anything is run.

use super::applied::Applied;
use super::history::History;
use super::recorder::Work;
use super::script::{self, Kind};
use super::source::{self, Known, Loaded};
use super::{ApplyError, Direction, Revert};
use crate::files::Version;
use crate::model::Backend;

/// The applied versions to revert, the newest first.
pub(super) fn versions(applied: &Applied, which: Revert<'_>) -> Result<Vec<Version>, ApplyError> {
    let newest_first = applied.keys().rev().cloned();
    Ok(match which {
        Revert::Last(count) => newest_first.take(count).collect(),
        Revert::All => newest_first.collect(),
        Revert::To(target) => {
            let target_version = Version::of_directory(target);
            if !applied.contains_key(&target_version) {
                return Err(ApplyError::UnknownVersion { version: target.to_owned() });
            }
            newest_first.take_while(|version| *version > target_version).collect()
        }
        Revert::These(told) => {
            let told: Vec<_> = told.iter().map(|one| one.version.clone()).collect();
            let latest: Vec<_> = newest_first.take(told.len()).collect();
            if latest != told {
                let names = latest.iter().map(ToString::to_string).collect();
                return Err(ApplyError::OthersAreLatest { names });
            }
            told
        }
    })
}

/// Their migrations, read; refused before anything is done.
pub(super) fn chosen<'a, DB: diesel::backend::Backend>(
    loaded: &'a mut [Loaded<DB>],
    versions: &[Version],
) -> Result<Vec<&'a Loaded<DB>>, ApplyError> {
    let both = [Direction::Up, Direction::Down];
    source::read(loaded, &both, |known| versions.contains(&known.version))?;
    let find = |version: &Version| loaded.iter().find(|one| one.known.version == *version);
    let chosen = versions.iter().map(|version| {
        find(version).ok_or_else(|| ApplyError::NotInSource { version: version.to_string() })
    });
    let chosen = chosen.collect::<Result<Vec<_>, _>>()?;
    let irreversible = chosen.iter().filter(|one| one.known.down == Work::Absent);
    let irreversible: Vec<_> = irreversible.map(|one| one.known.name.clone()).collect();
    if irreversible.is_empty() {
        Ok(chosen)
    } else {
        Err(ApplyError::Irreversible { names: irreversible })
    }
}

/// Refuses migrations that would end the transaction they run in, before any is run.
pub(super) fn refuse_control<'a>(
    backend: Backend,
    known: impl Iterator<Item = &'a Known>,
    direction: Direction,
) -> Result<(), ApplyError> {
    for known in known.filter(|known| known.transactional) {
        let Work::Sql(text) = known.work(direction) else { continue };
        let statements = script::statements(backend, text);
        if let Some(found) = statements.iter().find(|one| one.controls_transaction()) {
            return Err(ApplyError::TransactionControl {
                migration: known.name.clone(),
                direction,
                line: found.line,
                statement: found.sql.clone(),
            });
        }
    }
    Ok(())
}

/// Refuses migrations whose statements are steps, each with a note after it, and which the notes would
/// break.
pub(super) fn refuse_steps<'a>(
    backend: Backend,
    known: impl Iterator<Item = &'a Known>,
    direction: Direction,
) -> Result<(), ApplyError> {
    for known in known.filter(|known| !known.transactional || backend == Backend::Mysql) {
        let Work::Sql(text) = known.work(direction) else { continue };
        let statements = script::statements(backend, text);
        let backslashes = text.contains('\\');
        let steps = script::steps(backend, &statements);
        let alone = steps.iter().filter(|step| step.kind != Kind::Block);
        for found in alone.flat_map(|step| &statements[step.range.clone()]) {
            if let Some(reason) = found.breaks_in_steps(backend, backslashes) {
                return Err(ApplyError::NotInSteps {
                    migration: known.name.clone(),
                    direction,
                    line: found.line,
                    statement: found.sql.lines().next().unwrap_or_default().to_owned(),
                    reason,
                });
            }
        }
    }
    Ok(())
}

/// Refuses to revert under migrations that an earlier run left half done.
pub(super) fn refuse_half_done(
    versions: &[Version],
    applied: &Applied,
    history: &History,
) -> Result<(), ApplyError> {
    let Some(first) = versions.iter().min() else { return Ok(()) };
    let on_top = history.iter().filter(|(version, _)| *version > first);
    let half = on_top.filter(|(version, entry)| !applied.contains_key(version) && entry.is_half());
    let names: Vec<_> = half.map(|(_, entry)| entry.name.clone()).collect();
    if names.is_empty() { Ok(()) } else { Err(ApplyError::HalfDone { names }) }
}

/// Refuses migrations that would take from the connection what the run, and Diesel, keep in it, and
/// under the lock of each transaction those that must come before the query that takes it.
pub(super) fn refuse_for_the_session<'a>(
    known: impl Iterator<Item = &'a Known>,
    direction: Direction,
    is_pooled: bool,
) -> Result<(), ApplyError> {
    for known in known {
        let Work::Sql(text) = known.work(direction) else { continue };
        for statement in script::statements(Backend::Postgres, text) {
            let (migration, line) = (known.name.clone(), statement.line);
            if statement.discards_session() {
                let statement = statement.sql;
                return Err(ApplyError::DiscardsSession { migration, direction, line, statement });
            }
            if is_pooled && statement.must_come_first() {
                let statement = statement.sql;
                return Err(ApplyError::MustComeFirst { migration, direction, line, statement });
            }
        }
    }
    Ok(())
}

/// Refuses migrations that run outside a transaction, before any is run.
pub(super) fn refuse_outside<'a>(known: impl Iterator<Item = &'a Known>) -> Result<(), ApplyError> {
    let outside = known.filter(|known| !known.transactional);
    let names: Vec<_> = outside.map(|known| known.name.clone()).collect();
    if names.is_empty() { Ok(()) } else { Err(ApplyError::OutsideTransaction { names }) }
}
