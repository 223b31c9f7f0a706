//! Migrations on a scratch database, one after the other, each as the runner would run it.

use std::collections::BTreeSet;

use crate::apply::{ApplyError, MigrationManager, Revert};
use crate::backend::{self, Backend, CatalogEntry};
use crate::connection::{AnyConnection, DatabaseUrl, Scratch, with_connection};
use crate::files::MigrationFile;
use crate::model::Schema;
use crate::pipeline::CreateError;
use crate::pipeline::rows::{self, Rows};
use crate::pipeline::scratch::{made_by, with_extensions};

/// A scratch database and the migrations that ran on it.
pub(in crate::pipeline) struct Chain<'a> {
    backend: Backend,
    server: Option<&'a DatabaseUrl>,
    /// The extensions that the migrations make.
    made: BTreeSet<String>,
    scratch: Scratch,
}

impl<'a> Chain<'a> {
    /// A database on which nothing ran, for these migrations.
    pub(in crate::pipeline) fn new<'m>(
        backend: Backend,
        server: Option<&'a DatabaseUrl>,
        migrations: impl IntoIterator<Item = &'m MigrationFile>,
    ) -> Result<Self, CreateError> {
        let made = made_by(backend, migrations.into_iter().map(|one| one.up.as_str()));
        Self::empty(backend, server, made)
    }

    fn empty(
        backend: Backend,
        server: Option<&'a DatabaseUrl>,
        made: BTreeSet<String>,
    ) -> Result<Self, CreateError> {
        let scratch = with_extensions(backend, server, &made)?;
        Ok(Self { backend, server, made, scratch })
    }

    /// A database on which these migrations ran.
    pub(in crate::pipeline) fn of<'m>(
        backend: Backend,
        server: Option<&'a DatabaseUrl>,
        migrations: impl IntoIterator<Item = &'m MigrationFile> + Clone,
    ) -> Result<Self, CreateError> {
        Self::new(backend, server, migrations.clone())?.after(migrations)
    }

    /// Another database for the same migrations, on which these ran.
    pub(in crate::pipeline) fn anew<'m>(
        &self,
        migrations: impl IntoIterator<Item = &'m MigrationFile>,
    ) -> Result<Self, CreateError> {
        Self::empty(self.backend, self.server, self.made.clone())?.after(migrations)
    }

    fn after<'m>(
        mut self,
        migrations: impl IntoIterator<Item = &'m MigrationFile>,
    ) -> Result<Self, CreateError> {
        for migration in migrations {
            if let Err(error) = self.up(migration) {
                let lacking = self.lacking();
                return Err(CreateError::Replayed { error, lacking });
            }
        }
        Ok(self)
    }

    /// The extensions that the database lacks, each with the reason.
    pub(in crate::pipeline) fn lacking(&self) -> Vec<String> {
        self.scratch.lacking().to_vec()
    }

    /// Runs a migration.
    pub(in crate::pipeline) fn up(&mut self, migration: &MigrationFile) -> Result<(), ApplyError> {
        let manager = MigrationManager::new(migration.clone());
        with_connection!(&mut *self.scratch, connection => manager.apply(connection))?;
        Ok(())
    }

    /// Takes the latest one back, which this is.
    pub(in crate::pipeline) fn down(
        &mut self,
        migration: &MigrationFile,
    ) -> Result<(), ApplyError> {
        let manager = MigrationManager::new(migration.clone());
        let last = Revert::Last(1);
        with_connection!(&mut *self.scratch, connection => manager.revert(connection, last))?;
        Ok(())
    }

    pub(in crate::pipeline) fn connection(&mut self) -> &mut AnyConnection {
        &mut self.scratch
    }

    /// The server's text of every object.
    pub(in crate::pipeline) fn catalog(&mut self) -> Result<Vec<CatalogEntry>, CreateError> {
        Ok(backend::catalog(&mut self.scratch)?)
    }

    /// What introspection reads.
    pub(in crate::pipeline) fn schema(&mut self) -> Result<Schema, CreateError> {
        let scope = backend::everywhere(&mut self.scratch)?;
        Ok(backend::introspect(&mut self.scratch, &scope)?)
    }

    /// What the migrations inserted.
    pub(in crate::pipeline) fn rows(&mut self) -> Result<Rows, CreateError> {
        let schema = self.schema()?;
        Ok(rows::read(&mut self.scratch, &schema)?)
    }
}
