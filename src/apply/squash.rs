//! A migration that stands for several, in a database that has some of them.

use std::collections::BTreeSet;

use diesel::backend::Backend;
use diesel::connection::BoxableConnection;
use diesel::migration::{Migration, MigrationMetadata, MigrationName, MigrationVersion, Result};
use diesel_migrations::MigrationError;

use super::applied::Applied;
use super::recorder::Work;
use super::source::{self, Known, Loaded};
use super::{ApplyError, Direction};
use crate::files::squash::{self, Squashed};
use crate::files::{Version, without_bom};

/// Puts the migrations of a squash in its place, where one of those before its last is applied: such
/// a database goes on one by one, up and down. Where nobody knows an applied version the migration
/// that sorts after it may be such a squash; no other is looked into.
pub(super) fn expand<DB: Backend>(
    loaded: &mut Vec<Loaded<DB>>,
    applied: &Applied,
) -> std::result::Result<(), ApplyError> {
    let mut seen: BTreeSet<Version> = BTreeSet::new();
    loop {
        let known: BTreeSet<_> = loaded.iter().map(|one| one.known.version.clone()).collect();
        let unknown = applied.keys().filter(|version| !known.contains(*version));
        let next = |version: &Version| known.range(version.clone()..).next().cloned();
        let suspects: BTreeSet<_> =
            unknown.filter_map(next).filter(|version| !seen.contains(version)).collect();
        if suspects.is_empty() {
            return Ok(());
        }
        source::read(loaded, &[Direction::Up], |known| suspects.contains(&known.version))?;
        for version in &suspects {
            replace(loaded, version, applied);
        }
        seen.extend(suspects);
    }
}

fn replace<DB: Backend>(loaded: &mut Vec<Loaded<DB>>, version: &Version, applied: &Applied) {
    let Some(at) = loaded.iter().position(|one| one.known.version == *version) else { return };
    let Work::Sql(text) = &loaded[at].known.up else { return };
    let Some(squashed) = squash::read(text) else { return };
    let is_here =
        |one: &Squashed| one.version() != *version && applied.contains_key(&one.version());
    if !squashed.iter().any(is_here) {
        return;
    }
    loaded.remove(at);
    for one in squashed {
        // A directory that came back from another branch is the one that is run.
        if !loaded.iter().any(|other| other.known.version == one.version()) {
            loaded.push(Loaded {
                known: Known::unread(&Section::new(&one)),
                migration: Box::new(Section::new(&one)),
            });
        }
    }
    loaded
        .sort_by(|a, b| (&a.known.version, &a.known.name).cmp(&(&b.known.version, &b.known.name)));
}

/// A migration out of a squash.
struct Section {
    version: Version,
    squashed: Squashed,
}

impl Section {
    fn new(squashed: &Squashed) -> Self {
        Self { version: squashed.version(), squashed: squashed.clone() }
    }
}

impl Known {
    fn unread(section: &Section) -> Self {
        Self {
            version: section.version.clone(),
            name: section.squashed.name.clone(),
            transactional: section.squashed.run_in_transaction,
            up: Work::Unread,
            down: Work::Unread,
            checksum: None,
        }
    }
}

impl<DB: Backend> Migration<DB> for Section {
    fn run(&self, connection: &mut dyn BoxableConnection<DB>) -> Result<()> {
        Ok(connection.batch_execute(without_bom(&self.squashed.up))?)
    }

    fn revert(&self, connection: &mut dyn BoxableConnection<DB>) -> Result<()> {
        let down = self.squashed.down.as_deref().ok_or(MigrationError::NoMigrationRevertFile)?;
        Ok(connection.batch_execute(without_bom(down))?)
    }

    fn metadata(&self) -> &dyn MigrationMetadata {
        self
    }

    fn name(&self) -> &dyn MigrationName {
        self
    }
}

impl MigrationMetadata for Section {
    fn run_in_transaction(&self) -> bool {
        self.squashed.run_in_transaction
    }
}

impl MigrationName for Section {
    fn version(&self) -> MigrationVersion<'_> {
        MigrationVersion::from(self.version.as_str().to_owned())
    }
}

impl std::fmt::Display for Section {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.squashed.name)
    }
}
