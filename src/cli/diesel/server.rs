//! Databases made and dropped.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection as _;

use super::words::Words as _;
use crate::backend::ident::quote;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::report::Failure;
use crate::connection::{AnyConnection, DatabaseUrl, OpenMode};
use crate::model::Backend;

/// Makes the database unless it is there.
pub(super) fn create_if_absent(url: &DatabaseUrl, context: &Context<'_>) -> Result<(), Failure> {
    if url.backend() == Backend::Sqlite {
        if !url.sqlite_path().is_some_and(|path| path.exists()) {
            context.ui.answer(format!("Creating database: {url}"))?;
            AnyConnection::open(url, OpenMode::Create).in_diesels_words()?;
        }
        return Ok(());
    }
    if AnyConnection::open(url, OpenMode::Existing).is_ok() {
        return Ok(());
    }
    let (name, mut server) = server_of(url)?;
    context.ui.answer(format!("Creating database: {name}"))?;
    execute(&mut server, &format!("CREATE DATABASE {}", quote(url.backend(), &name)))
}

/// Drops the database if it is there.
pub(super) fn drop_if_there(url: &DatabaseUrl, context: &Context<'_>) -> Result<(), Failure> {
    if url.backend() == Backend::Sqlite {
        let Some(path) = url.sqlite_path().filter(|path| path.exists()) else { return Ok(()) };
        context.ui.answer(format!("Dropping database: {url}"))?;
        return remove_files(&path);
    }
    let (name, mut server) = server_of(url)?;
    if !server.has_database(&name).map_err(|error| failed(&error))? {
        return Ok(());
    }
    context.ui.answer(format!("Dropping database: {name}"))?;
    execute(&mut server, &format!("DROP DATABASE IF EXISTS {}", quote(url.backend(), &name)))
}

/// The name of the database, and a connection to another one of its server.
fn server_of(url: &DatabaseUrl) -> Result<(String, AnyConnection), Failure> {
    let name = url.database_name().ok_or_else(|| {
        Failure::new(Exit::Failed, format!("`{url}` names no database"))
            .hint("`postgres://user@host/database` does")
    })?;
    let other = match url.backend() {
        Backend::Mysql => "information_schema",
        Backend::Sqlite | Backend::Postgres if name == "postgres" => "template1",
        Backend::Sqlite | Backend::Postgres => "postgres",
    };
    let server = url.on_database(other)?;
    Ok((name, AnyConnection::open(&server, OpenMode::Existing).in_diesels_words()?))
}

fn execute(server: &mut AnyConnection, sql: &str) -> Result<(), Failure> {
    server.batch_execute(sql).map_err(|error| failed(&error))
}

fn failed(error: &diesel::result::Error) -> Failure {
    Failure::new(Exit::Failed, format!("Failed to execute a database query: {error}"))
}

/// The file, and what SQLite keeps beside it: a journal that is left would be played back into the
/// next file of this name.
fn remove_files(path: &Path) -> Result<(), Failure> {
    for end in ["", "-journal", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        let path = PathBuf::from(name);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(cannot("removed", &path, &error));
            }
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

/// A file or directory that resists.
pub(super) fn cannot(be: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("`{}` cannot be {be}", path.display())).because(error)
}
