use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use serde::Serialize;

use super::{FilesError, MigrationsDir, read};
use crate::backend::Script;
use crate::files::{Version, slug};

/// A migration to write.
#[derive(Clone, Copy, Debug)]
pub struct NewMigration<'a> {
    /// What it does; made a [`slug`].
    pub name: &'a str,
    /// up.sql.
    pub up: &'a Script,
    /// down.sql.
    pub down: &'a Script,
}

/// A migration that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Its version.
    pub version: Version,
    /// The part of the directory's name after the version.
    pub name: String,
    /// Its directory.
    pub path: PathBuf,
    /// Its files.
    pub files: Vec<PathBuf>,
}

/// The start and the end of the name of a directory that is being written.
pub(super) const DRAFT: (&str, &str) = (".glowplug-", ".tmp");

/// How long to wait for another process that writes here.
const PATIENCE: Duration = Duration::from_secs(10);

impl MigrationsDir {
    /// Writes a migration: all of it, or nothing.
    ///
    /// Its version is `now`, or a second after the latest one that is there.
    ///
    /// # Errors
    /// When the directory is a symbolic link, cannot be written to, or holds a migration that no
    /// timestamp sorts after.
    pub fn write(&self, new: &NewMigration<'_>, now: Timestamp) -> Result<Written, FilesError> {
        self.write_observed(new, now, &mut |_| {})
    }

    /// [`write`](Self::write), if the migrations are still those that are `known`: looked at while
    /// nobody else writes.
    ///
    /// # Errors
    /// As `write`, and when a migration came or went.
    pub fn write_after(
        &self,
        known: &[String],
        new: &NewMigration<'_>,
        now: Timestamp,
    ) -> Result<Written, FilesError> {
        self.write_if(new, now, &mut |_| {}, |existing| {
            match existing.iter().find(|name| !known.contains(name)) {
                Some(name) => Err(FilesError::Overtaken { path: self.path.join(name) }),
                None if existing.len() < known.len() => {
                    Err(FilesError::Changed { path: self.path.clone() })
                }
                None => Ok(()),
            }
        })
    }

    /// [`write`](Self::write), telling each step before it is done: for tests of crashes.
    ///
    /// # Errors
    /// As `write`.
    #[doc(hidden)]
    pub fn write_observed(
        &self,
        new: &NewMigration<'_>,
        now: Timestamp,
        observe: &mut dyn FnMut(&'static str),
    ) -> Result<Written, FilesError> {
        self.write_if(new, now, observe, |_| Ok(()))
    }

    fn write_if(
        &self,
        new: &NewMigration<'_>,
        now: Timestamp,
        observe: &mut dyn FnMut(&'static str),
        allowed: impl FnOnce(&[String]) -> Result<(), FilesError>,
    ) -> Result<Written, FilesError> {
        if self.path.is_symlink() {
            return Err(FilesError::SymbolicLink { path: self.path.clone() });
        }
        observe("lock");
        let _lock = lock(&self.path)?;
        remove_drafts(&self.path)?;
        let existing = read::directory_names(&self.path)?;
        allowed(&existing)?;
        let (prefix, name) = (next_version(&self.path, &existing, now)?, slug(new.name));
        let directory_name = format!("{prefix}_{name}");
        let files = self.place(&directory_name, &contents(new), observe)?;
        let path = self.path.join(&directory_name);
        Ok(Written { version: Version::of_directory(&directory_name), name, path, files })
    }

    /// Writes a migration whose directory is named by the caller, who is told the names that are
    /// taken while nobody else writes.
    ///
    /// # Errors
    /// As [`write`](Self::write), and what the caller says of the names.
    pub fn write_named<E: From<FilesError>>(
        &self,
        name: impl FnOnce(&[String]) -> Result<String, E>,
        contents: &[(&'static str, String)],
    ) -> Result<Vec<PathBuf>, E> {
        let _lock = lock(&self.path)?;
        remove_drafts(&self.path)?;
        let directory_name = name(&read::directory_names(&self.path)?)?;
        Ok(self.place(&directory_name, contents, &mut |_| {})?)
    }

    /// Writes the files beside their place, and moves them there as a whole.
    fn place(
        &self,
        directory_name: &str,
        contents: &[(&'static str, String)],
        observe: &mut dyn FnMut(&'static str),
    ) -> Result<Vec<PathBuf>, FilesError> {
        let draft = self.path.join(format!("{}{directory_name}{}", DRAFT.0, DRAFT.1));
        let path = self.path.join(directory_name);
        let written = fill(&draft, contents, observe).and_then(|files| {
            observe("rename");
            let failed = |source| FilesError::io("write", &path, source);
            fs::rename(&draft, &path).map_err(failed)?;
            observe("sync directory");
            sync_directory(&self.path).map_err(failed)?;
            Ok(files.into_iter().map(|file| path.join(file)).collect())
        });
        if written.is_err() {
            // The first error counts; what cannot be removed now is removed by the next write.
            let _ = fs::remove_dir_all(&draft);
        }
        written
    }
}

/// The files of a migration. Without metadata.toml Diesel opens a transaction.
fn contents(new: &NewMigration<'_>) -> Vec<(&'static str, String)> {
    let mut files = vec![("up.sql", new.up.sql.clone()), ("down.sql", new.down.sql.clone())];
    if !(new.up.run_in_transaction && new.down.run_in_transaction) {
        files.push(("metadata.toml", "run_in_transaction = false\n".to_owned()));
    }
    files
}

pub(super) fn fill(
    draft: &Path,
    contents: &[(&'static str, String)],
    observe: &mut dyn FnMut(&'static str),
) -> Result<Vec<&'static str>, FilesError> {
    observe("create directory");
    fs::create_dir(draft).map_err(|source| FilesError::io("create", draft, source))?;
    for (name, text) in contents {
        let path = draft.join(name);
        let failed = |source| FilesError::io("write", &path, source);
        observe("create file");
        let mut file = File::create_new(&path).map_err(failed)?;
        let (first, second) = text.as_bytes().split_at(text.len() / 2);
        file.write_all(first).map_err(failed)?;
        observe("write file");
        file.write_all(second).map_err(failed)?;
        observe("sync file");
        file.sync_all().map_err(failed)?;
    }
    sync_directory(draft).map_err(|source| FilesError::io("write", draft, source))?;
    Ok(contents.iter().map(|(name, _)| *name).collect())
}

/// Keeps other glowplug processes out while it lives; nothing is left of it. The directory itself
/// is locked, so it takes no file. Where a directory cannot be locked (Windows) nothing is.
pub(super) fn lock(path: &Path) -> Result<Option<File>, FilesError> {
    if !cfg!(unix) {
        return Ok(None);
    }
    let directory = File::open(path).map_err(|source| FilesError::io("open", path, source))?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        match directory.try_lock() {
            Ok(()) => return Ok(Some(directory)),
            Err(fs::TryLockError::WouldBlock) if Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(fs::TryLockError::WouldBlock) => {
                return Err(FilesError::Busy { path: path.to_owned() });
            }
            // Some network file systems have no locks; the rename still never overwrites.
            Err(fs::TryLockError::Error(_)) => return Ok(None),
        }
    }
}

/// Removes what killed runs left.
fn remove_drafts(path: &Path) -> Result<(), FilesError> {
    let entries = fs::read_dir(path).map_err(|source| FilesError::io("read", path, source))?;
    for entry in entries {
        let entry = entry.map_err(|source| FilesError::io("read", path, source))?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(DRAFT.0) && name.ends_with(DRAFT.1) {
            let draft = entry.path();
            fs::remove_dir_all(&draft)
                .map_err(|source| FilesError::io("remove", &draft, source))?;
        }
    }
    Ok(())
}

#[cfg(unix)]
pub(super) fn sync_directory(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The version part of the new directory's name: Diesel's format, and later than all others.
fn next_version(path: &Path, existing: &[String], now: Timestamp) -> Result<String, FilesError> {
    let now = now.to_zoned(TimeZone::UTC).datetime();
    let last = existing.iter().max_by_key(|name| Version::of_directory(name));
    let Some(last) = last else { return Ok(in_diesels_format(now)) };
    let version = Version::of_directory(last);
    let later = |prefix: &String| Version::of_directory(prefix) > version;
    let after_last = || {
        let time = version.as_str().get(..14)?;
        let time = DateTime::strptime("%Y%m%d%H%M%S", time).ok()?;
        time.checked_add(1.second()).ok().map(in_diesels_format)
    };
    Some(in_diesels_format(now)).filter(later).or_else(|| after_last().filter(later)).ok_or_else(
        || FilesError::NoLaterVersion {
            path: path.join(last),
            version: version.as_str().to_owned(),
        },
    )
}

fn in_diesels_format(time: DateTime) -> String {
    format!("{}-0000", time.strftime("%Y-%m-%d-%H%M%S"))
}
