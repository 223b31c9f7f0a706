//! Reads the text of a migration whose source does not give it.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::connection::{BoxableConnection, SimpleConnection};
use diesel::migration;
use diesel_migrations::MigrationError;

/// Takes SQL instead of running it.
#[derive(Default)]
struct Recorder {
    sql: String,
    /// Whether the connection behind the trait was asked for.
    asked: Cell<bool>,
}

impl SimpleConnection for Recorder {
    fn batch_execute(&mut self, sql: &str) -> QueryResult<()> {
        self.sql.push_str(sql);
        Ok(())
    }
}

impl<DB: Backend> BoxableConnection<DB> for Recorder {
    fn as_any(&self) -> &dyn Any {
        self.asked.set(true);
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self.asked.set(true);
        self
    }
}

/// What one direction of a migration is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// SQL.
    Sql(String),
    /// Rust code that asks for the connection behind the trait.
    Code,
    /// There is none: no down.sql, or an empty one.
    Absent,
    /// Nobody needed it so far.
    Unread,
}

/// Runs one direction against the recorder. A migration in Rust fails in it, or panics, when it
/// asks for its connection: then its text is not known.
///
/// # Errors
/// When its file cannot be read.
pub(super) fn record<DB: Backend>(
    run: impl FnOnce(&mut dyn BoxableConnection<DB>) -> migration::Result<()>,
) -> Result<Work, String> {
    let mut recorder = Recorder::default();
    let result = catch_unwind(AssertUnwindSafe(|| run(&mut recorder)));
    let error = match result {
        Ok(Ok(())) if !recorder.asked.get() => return Ok(Work::Sql(recorder.sql)),
        Ok(Err(error)) if !recorder.asked.get() => error,
        Ok(_) | Err(_) => return Ok(Work::Code),
    };
    if let Some(MigrationError::NoMigrationRevertFile) = error.downcast_ref() {
        return Ok(Work::Absent);
    }
    // diesel_migrations 2.3 does not export the type of these errors.
    let message = error.to_string();
    match message.strip_prefix("Failed to run ") {
        Some(of_file) if of_file.contains("empty migration") => Ok(Work::Absent),
        Some(of_file) => Err(of_file.to_owned()),
        None => Ok(Work::Code),
    }
}
