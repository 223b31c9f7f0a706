use std::io::{self, Read as _};
use std::path::Path;

use super::{FilesError, MigrationFile};
use crate::files::Version;

/// The longest file that is read: more is no migration but a dump in the wrong place.
const LONGEST: u64 = 100 * 1024 * 1024;

/// The names of the directories that count as migrations, sorted.
pub(super) fn directory_names(path: &Path) -> Result<Vec<String>, FilesError> {
    let entries = std::fs::read_dir(path).map_err(|source| FilesError::io("read", path, source))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|source| FilesError::io("read", path, source))?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let kind = entry.file_type().map_err(|source| FilesError::io("read", path, source))?;
        if kind.is_file() {
            continue;
        }
        let name = entry.file_name().into_string();
        names.push(name.map_err(|_| FilesError::NameNotUtf8 { path: entry.path() })?);
    }
    names.sort();
    Ok(names)
}

/// One migration.
pub(super) fn migration(parent: &Path, directory_name: &str) -> Result<MigrationFile, FilesError> {
    let path = parent.join(directory_name);
    if !path.is_dir() {
        return Err(FilesError::NotADirectory { path });
    }
    let up = path.join("up.sql");
    let Some(up_text) = sql(&up)? else { return Err(FilesError::NoUp { path }) };
    if up_text.is_empty() {
        return Err(FilesError::Empty { path: up });
    }
    let name = directory_name.split_once('_').map_or(directory_name, |(_, name)| name);
    Ok(MigrationFile {
        version: Version::of_directory(directory_name),
        directory_name: directory_name.to_owned(),
        name: name.to_owned(),
        up: up_text,
        // An empty one is how some say that there is no way back; Diesel cannot run it either.
        down: sql(&path.join("down.sql"))?.filter(|text| !text.is_empty()),
        run_in_transaction: run_in_transaction(&path.join("metadata.toml"))?,
        path,
    })
}

fn sql(path: &Path) -> Result<Option<String>, FilesError> {
    let Some(text) = text(path)? else { return Ok(None) };
    match text.find('\0') {
        Some(offset) => Err(FilesError::Nul { path: path.to_owned(), offset }),
        None => Ok(Some(text)),
    }
}

/// What metadata.toml says. Diesel guesses where it is silent or broken; here that is an error.
fn run_in_transaction(path: &Path) -> Result<bool, FilesError> {
    let Some(text) = text(path)? else { return Ok(true) };
    let table = text.parse::<toml::Table>().map_err(|error| FilesError::MetadataMalformed {
        path: path.to_owned(),
        reason: error.message().to_owned(),
    })?;
    match table.get("run_in_transaction") {
        Some(toml::Value::Boolean(value)) => Ok(*value),
        Some(other) => Err(FilesError::MetadataType {
            path: path.to_owned(),
            found: format!("a {}", other.type_str()),
        }),
        None => Err(FilesError::MetadataSilent { path: path.to_owned() }),
    }
}

/// A file's text, or `None` where there is none.
fn text(path: &Path) -> Result<Option<String>, FilesError> {
    let failed = |source| FilesError::io("read", path, source);
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        // A link to nowhere is a file that is missing by mistake, not by choice.
        Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => {
            return Ok(None);
        }
        Err(source) => return Err(failed(source)),
    };
    // Not a pipe, which would wait for ever.
    if !metadata.is_file() {
        return Err(FilesError::NotAFile { path: path.to_owned() });
    }
    if metadata.len() > LONGEST {
        let (bytes, limit) = (metadata.len(), LONGEST);
        return Err(FilesError::TooLong { path: path.to_owned(), bytes, limit });
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(failed)?.read_to_end(&mut bytes).map_err(failed)?;
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    String::from_utf8(bytes).map(Some).map_err(|error| FilesError::NotUtf8 {
        path: path.to_owned(),
        offset: error.utf8_error().valid_up_to(),
        utf16,
    })
}
