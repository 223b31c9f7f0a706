use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::write::{DRAFT, fill, lock, sync_directory};
use super::{FilesError, MigrationFile, MigrationsDir};

/// One migration in the place of several.
#[derive(Clone, Debug)]
pub struct Replacement<'a> {
    /// The migrations that go, as they were read.
    pub gone: &'a [MigrationFile],
    /// The directory that comes.
    pub directory_name: &'a str,
    /// Its files, with their texts.
    pub contents: Vec<(&'static str, String)>,
}

impl MigrationsDir {
    /// Puts one migration in the place of several: all of it, or nothing. The new directory of
    /// migrations is made beside the old one, and they change places in one step.
    ///
    /// # Errors
    /// When the directory is a symbolic link, is not what was read, or cannot be replaced in one
    /// step; nothing is changed then.
    pub fn replace(&self, replacement: &Replacement<'_>) -> Result<PathBuf, FilesError> {
        self.replace_observed(replacement, &mut |_| {})
    }

    /// [`replace`](Self::replace), telling each step before it is done: for tests of crashes.
    ///
    /// # Errors
    /// As `replace`.
    #[doc(hidden)]
    pub fn replace_observed(
        &self,
        replacement: &Replacement<'_>,
        observe: &mut dyn FnMut(&'static str),
    ) -> Result<PathBuf, FilesError> {
        if self.path.is_symlink() {
            return Err(FilesError::SymbolicLink { path: self.path.clone() });
        }
        let path = fs::canonicalize(&self.path)
            .map_err(|source| FilesError::io("read", &self.path, source))?;
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(FilesError::NotADirectory { path: self.path.clone() });
        };
        observe("lock");
        let _lock = lock(&path)?;
        for one in replacement.gone {
            let now = super::read::migration(&path, &one.directory_name)?;
            let same = |a: &MigrationFile, b: &MigrationFile| {
                (&a.up, &a.down, a.run_in_transaction) == (&b.up, &b.down, b.run_in_transaction)
            };
            if !same(&now, one) {
                return Err(FilesError::Changed { path: self.path.join(&one.directory_name) });
            }
        }
        let draft = parent.join(format!("{}{}{}", DRAFT.0, name.to_string_lossy(), DRAFT.1));
        if draft.exists() {
            // What a killed run left, of which one or the other was taken.
            fs::remove_dir_all(&draft).map_err(|e| FilesError::io("remove", &draft, e))?;
        }
        let made = make(&path, &draft, replacement, observe).and_then(|()| {
            observe("exchange");
            exchange(&draft, &path)
                .map_err(|source| FilesError::NoExchange { path: self.path.clone(), source })?;
            observe("sync directory");
            sync_directory(parent).map_err(|e| FilesError::io("write", parent, e))
        });
        observe("remove");
        // The old directory by now, or what was not finished; the next run removes what stays.
        let _ = fs::remove_dir_all(&draft);
        made.map(|()| self.path.join(replacement.directory_name))
    }
}

/// The new directory: all that stays, and the new migration.
fn make(
    from: &Path,
    to: &Path,
    replacement: &Replacement<'_>,
    observe: &mut dyn FnMut(&'static str),
) -> Result<(), FilesError> {
    observe("create");
    fs::create_dir(to).map_err(|source| FilesError::io("create", to, source))?;
    let gone = |name: &str| replacement.gone.iter().any(|one| one.directory_name == name);
    copy(
        from,
        to,
        &|name| !(gone(name) || name.starts_with(DRAFT.0) && name.ends_with(DRAFT.1)),
        observe,
    )?;
    fill(&to.join(replacement.directory_name), &replacement.contents, observe)?;
    let permissions =
        fs::metadata(from).map_err(|e| FilesError::io("read", from, e))?.permissions();
    fs::set_permissions(to, permissions)
        .and_then(|()| sync_directory(to))
        .map_err(|source| FilesError::io("write", to, source))
}

/// Copies what is in a directory, as far as its names are wanted.
fn copy(
    from: &Path,
    to: &Path,
    wanted: &dyn Fn(&str) -> bool,
    observe: &mut dyn FnMut(&'static str),
) -> Result<(), FilesError> {
    let failed = |source| FilesError::io("copy", from, source);
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !wanted(&entry.file_name().to_string_lossy()) {
            continue;
        }
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        let failed = |source| FilesError::io("copy", &path, source);
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() {
            fs::create_dir(&target).map_err(failed)?;
            copy(&path, &target, &|_| true, observe)?;
            let permissions = fs::metadata(&path).map_err(failed)?.permissions();
            fs::set_permissions(&target, permissions).map_err(failed)?;
            sync_directory(&target).map_err(failed)?;
        } else if kind.is_symlink() {
            link(&fs::read_link(&path).map_err(failed)?, &target).map_err(failed)?;
        } else if kind.is_file() {
            observe("copy");
            fs::copy(&path, &target).map_err(failed)?;
            File::open(&target).and_then(|file| file.sync_all()).map_err(failed)?;
        } else {
            return Err(FilesError::NotAFile { path });
        }
    }
    Ok(())
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Two directories change places in one step: at no moment is there none, or a mixture.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
