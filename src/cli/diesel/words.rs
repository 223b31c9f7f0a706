//! Failures in Diesel CLI's words, for scripts that look for them; what glowplug knows besides
//! follows.

use std::path::Path;

use crate::apply::ApplyError;
use crate::cli::config::ConfigError;
use crate::cli::exit::Exit;
use crate::cli::migrations::Migrations;
use crate::cli::report::Failure;
use crate::connection::ConnectionError;

/// A result whose error Diesel CLI has words for.
pub(super) trait Words<T> {
    fn in_diesels_words(self) -> Result<T, Failure>;
}

impl<T> Words<T> for Result<T, ConnectionError> {
    fn in_diesels_words(self) -> Result<T, Failure> {
        self.map_err(|error| match &error {
            ConnectionError::Failed { url, reason } => Failure::new(
                Exit::Failed,
                format!("Could not connect to database via `{url}`: {reason}"),
            ),
            _ => Failure::from(error).headed("Could not connect to database"),
        })
    }
}

impl<T> Words<T> for Result<T, ConfigError> {
    fn in_diesels_words(self) -> Result<T, Failure> {
        self.map_err(|error| match &error {
            ConfigError::DotenvLine { path, line } => Failure::new(
                Exit::Failed,
                format!(
                    "Initializing `.env` file failed: Error parsing line {line} of `{}`, expected `NAME=value`",
                    path.display()
                ),
            ),
            ConfigError::Toml { .. } => Failure::from(error).headed("Failed to parse config file"),
            _ => error.into(),
        })
    }
}

/// An error of a run.
pub(super) fn of_run(migrations: &Migrations<'_>, directory: &Path, error: &ApplyError) -> Failure {
    const HEAD: &str = "Failed to run migrations";
    let failure = migrations.failure(error);
    if let Some(failed) = error.failure() {
        return failure.headed(&format!("{HEAD}: Failed to run {} with", failed.migration));
    }
    match error {
        ApplyError::Irreversible { .. } => {
            failure.headed(&format!("{HEAD}: Missing `down.sql` file to revert migration"))
        }
        ApplyError::Source { .. } => match empty(directory) {
            Some(name) => failure.headed(&format!(
                "{HEAD}: Failed to run {name} with: Attempted to run an empty migration."
            )),
            None => failure.headed(HEAD),
        },
        _ => failure.headed(HEAD),
    }
}

/// The first migration whose up.sql holds nothing.
fn empty(directory: &Path) -> Option<String> {
    let entries = std::fs::read_dir(directory).ok()?;
    let is_empty =
        |path: &Path| std::fs::metadata(path.join("up.sql")).is_ok_and(|it| it.len() == 0);
    let mut names: Vec<_> = entries
        .filter_map(Result::ok)
        .filter(|entry| is_empty(&entry.path()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names.into_iter().next()
}
