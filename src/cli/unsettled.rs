//! What keeps `create` from comparing: a database that is not where the migrations are.

use super::exit::Exit;
use super::report::Failure;
use crate::apply::{MigrationState, MigrationStatus, Status};

/// What to do about the first of these.
const HINTS: [(MigrationState, &str); 6] = [
    (MigrationState::Pending, "`glowplug migrate` applies it; then create again"),
    (MigrationState::OutOfOrder, "`glowplug migrate` applies it; then create again"),
    (MigrationState::Edited, "put the old text back, and let a new migration make the change"),
    (
        MigrationState::Missing,
        "switch to the branch that has it, or revert it there; with its file gone for good, \
         `--from migrations` compares without the database",
    ),
    (MigrationState::Duplicate, "rename one of the directories"),
    (
        MigrationState::Abandoned,
        "give its directory its old name back, or undo by hand what it did and run `glowplug repair`",
    ),
];

/// Migrations that are pending, edited, missing, doubled or stopped half-way, each by its name: the
/// difference would hold their changes a second time, or undo them.
pub(super) fn failure(status: &Status) -> Failure {
    let messages = status.migrations.iter().filter_map(complaint).collect();
    let found = |state: MigrationState| status.migrations.iter().any(|one| one.state == state);
    let hints = HINTS.iter().filter(|(state, _)| found(*state)).map(|(_, hint)| (*hint).to_owned());
    Failure::several(Exit::Refused, messages).hints(hints)
}

fn complaint(migration: &MigrationStatus) -> Option<String> {
    let name = &migration.name;
    match migration.state {
        MigrationState::Pending | MigrationState::OutOfOrder => {
            Some(format!("migration `{name}` is pending"))
        }
        MigrationState::Edited => {
            Some(format!("migration `{name}` was edited after it was applied"))
        }
        MigrationState::Missing => {
            Some(format!("migration `{name}` is applied, and its file is missing here"))
        }
        MigrationState::Abandoned => {
            Some(format!("migration `{name}` stopped half-way, and its file is missing here"))
        }
        MigrationState::Duplicate => {
            Some(format!("migration `{name}` has a version that another one has too"))
        }
        MigrationState::Applied => migration.stopped.as_ref().map(|stopped| {
            format!("migration `{name}` stopped half-way in {}", stopped.direction.file())
        }),
    }
}
