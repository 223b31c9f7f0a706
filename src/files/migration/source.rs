use diesel::backend::Backend;
use diesel::connection::BoxableConnection;
use diesel::migration::{
    Migration, MigrationMetadata, MigrationName, MigrationSource, MigrationVersion, Result,
};
use diesel_migrations::MigrationError;

use super::{MigrationFile, MigrationsDir};
use crate::files::without_bom;

impl<DB: Backend> MigrationSource<DB> for MigrationsDir {
    fn migrations(&self) -> Result<Vec<Box<dyn Migration<DB>>>> {
        let migrations = self.list()?.into_iter();
        Ok(migrations.map(|migration| Box::new(migration) as Box<dyn Migration<DB>>).collect())
    }
}

/// A migration is a source of one.
impl<DB: Backend> MigrationSource<DB> for MigrationFile {
    fn migrations(&self) -> Result<Vec<Box<dyn Migration<DB>>>> {
        Ok(vec![Box::new(self.clone())])
    }
}

impl<DB: Backend> Migration<DB> for MigrationFile {
    fn run(&self, connection: &mut dyn BoxableConnection<DB>) -> Result<()> {
        Ok(connection.batch_execute(without_bom(&self.up))?)
    }

    fn revert(&self, connection: &mut dyn BoxableConnection<DB>) -> Result<()> {
        let down = self.down.as_deref().ok_or(MigrationError::NoMigrationRevertFile)?;
        Ok(connection.batch_execute(without_bom(down))?)
    }

    fn metadata(&self) -> &dyn MigrationMetadata {
        self
    }

    fn name(&self) -> &dyn MigrationName {
        self
    }
}

impl MigrationMetadata for MigrationFile {
    fn run_in_transaction(&self) -> bool {
        self.run_in_transaction
    }
}

impl MigrationName for MigrationFile {
    fn version(&self) -> MigrationVersion<'_> {
        MigrationVersion::from(self.version.as_str().to_owned())
    }
}

impl std::fmt::Display for MigrationFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.directory_name)
    }
}
