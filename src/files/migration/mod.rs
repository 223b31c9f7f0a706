//! The directory of migrations.

mod error;
mod read;
mod replace;
mod source;
mod write;

pub use error::FilesError;
pub use replace::Replacement;
pub use write::{NewMigration, Written};

use std::path::{Path, PathBuf};

use super::squash::{self, Squashed};
use super::{Version, checksum};

/// A directory of migrations. It is also a [`MigrationSource`](diesel::migration::MigrationSource).
///
/// ```no_run
/// use glowplug::files::MigrationsDir;
///
/// for migration in MigrationsDir::open("migrations".as_ref())?.list()? {
///     println!("{} {}", migration.version, migration.name);
/// }
/// # Ok::<(), glowplug::files::FilesError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationsDir {
    path: PathBuf,
}

/// One migration as it stands in the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationFile {
    /// Its version, as Diesel reads it.
    pub version: Version,
    /// The name of its directory.
    pub directory_name: String,
    /// The part of the directory's name after the version; the whole where there is no `_`.
    pub name: String,
    /// Its directory.
    pub path: PathBuf,
    /// The text of up.sql.
    pub up: String,
    /// The text of down.sql, if there is one.
    pub down: Option<String>,
    /// Whether the runner opens a transaction around it.
    pub run_in_transaction: bool,
}

impl MigrationFile {
    /// The migration as a squash holds it.
    #[must_use]
    pub fn squashed(&self) -> Squashed {
        Squashed {
            name: self.directory_name.clone(),
            run_in_transaction: self.run_in_transaction,
            up: self.up.clone(),
            down: self.down.clone(),
        }
    }

    /// The migrations that it stands for, as if they were in its directory; none where it stands
    /// for itself.
    #[must_use]
    pub fn parts(&self) -> Vec<Self> {
        let parts = squash::read(&self.up).unwrap_or_default().into_iter();
        parts
            .map(|part| Self {
                version: part.version(),
                name: part.name.split_once('_').map_or(&*part.name, |(_, name)| name).to_owned(),
                directory_name: part.name,
                path: self.path.clone(),
                up: part.up,
                down: part.down,
                run_in_transaction: part.run_in_transaction,
            })
            .collect()
    }

    /// The checksum of up.sql.
    #[must_use]
    pub fn checksum(&self) -> String {
        checksum(&self.up)
    }
}

impl MigrationsDir {
    /// An existing directory.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(path: &Path) -> Result<Self, FilesError> {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => Ok(Self { path: path.to_owned() }),
            Ok(_) => Err(FilesError::NotADirectory { path: path.to_owned() }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(FilesError::NoDirectory { path: path.to_owned() })
            }
            Err(source) => Err(FilesError::io("read", path, source)),
        }
    }

    /// The directory, created with its parents where it is absent.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn open_or_create(path: &Path) -> Result<Self, FilesError> {
        std::fs::create_dir_all(path).map_err(|source| FilesError::io("create", path, source))?;
        Self::open(path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The names of the directories of all migrations, sorted.
    ///
    /// # Errors
    /// When the directory cannot be read, or a name is no UTF-8.
    pub fn names(&self) -> Result<Vec<String>, FilesError> {
        read::directory_names(&self.path)
    }

    /// All migrations, by version. Two of one version are both listed: it is for `apply` to refuse.
    ///
    /// As for Diesel CLI, plain files and directories whose name starts with a dot do not count.
    ///
    /// # Errors
    /// When a directory has no up.sql, or a file of it cannot be read for what it should be.
    pub fn list(&self) -> Result<Vec<MigrationFile>, FilesError> {
        let mut migrations = Vec::new();
        for name in read::directory_names(&self.path)? {
            migrations.push(read::migration(&self.path, &name)?);
        }
        migrations
            .sort_by(|a, b| (&a.version, &a.directory_name).cmp(&(&b.version, &b.directory_name)));
        Ok(migrations)
    }
}
