//! Migrations on a scratch database, one after the other, each as the runner would run it.

use crate::apply::{ApplyError, MigrationManager, Revert};
use crate::backend::{self, Backend, CatalogEntry, Scope};
use crate::connection::{AnyConnection, DatabaseUrl, Scratch, with_connection};
use crate::files::MigrationFile;
use crate::model::Schema;
use crate::pipeline::CreateError;
use crate::pipeline::rows::{self, Rows};

/// A scratch database and the migrations that ran on it.
pub(in crate::pipeline) struct Chain<'a> {
    backend: Backend,
    server: Option<&'a DatabaseUrl>,
    scratch: Scratch,
}

impl<'a> Chain<'a> {
    /// An empty database.
    pub(in crate::pipeline) fn new(
        backend: Backend,
        server: Option<&'a DatabaseUrl>,
    ) -> Result<Self, CreateError> {
        Ok(Self { backend, server, scratch: scratch(backend, server)? })
    }

    /// A database on which these migrations ran.
    pub(in crate::pipeline) fn of<'m>(
        backend: Backend,
        server: Option<&'a DatabaseUrl>,
        migrations: impl IntoIterator<Item = &'m MigrationFile>,
    ) -> Result<Self, CreateError> {
        let mut chain = Self::new(backend, server)?;
        for migration in migrations {
            chain.up(migration)?;
        }
        Ok(chain)
    }

    /// The same once more, with a new database.
    pub(in crate::pipeline) fn anew<'m>(
        &self,
        migrations: impl IntoIterator<Item = &'m MigrationFile>,
    ) -> Result<Self, CreateError> {
        Self::of(self.backend, self.server, migrations)
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
        Ok(backend::introspect(&mut self.scratch, &Scope::default())?)
    }

    /// What the migrations inserted.
    pub(in crate::pipeline) fn rows(&mut self) -> Result<Rows, CreateError> {
        let schema = self.schema()?;
        Ok(rows::read(&mut self.scratch, &schema)?)
    }
}

fn scratch(backend: Backend, server: Option<&DatabaseUrl>) -> Result<Scratch, CreateError> {
    Scratch::create(backend, server)
        .map_err(|error| CreateError::Replay { what: error.to_string() })
}
