//! What every verb gets: the terminal and the project.

use std::path::{Component, Path, PathBuf};

use diesel_migrations::EmbeddedMigrations;

use super::args::{DatabaseArgs, MigrationArgs};
use super::config::{ConfigError, Origin, Project};
use super::exit::Exit;
use super::report::Failure;
use super::settings;
use super::ui::Ui;
use crate::connection::DatabaseUrl;

/// The terminal, and the project that is found when a verb first asks for it.
pub(super) struct Context<'a> {
    pub(super) ui: &'a Ui,
    /// The migrations of an application.
    pub(super) embedded: Option<&'a EmbeddedMigrations>,
    /// The database of an application that names none on its command line.
    pub(super) default_url: Option<&'a str>,
}

impl Context<'_> {
    /// The project around the current directory.
    pub(super) fn project(&self, config_file: Option<&Path>) -> Result<Project, Failure> {
        let project = Project::find(config_file)?;
        for file in project.endangered_files() {
            self.ui.warning(&format!(
                "Diesel CLI overwrites `{}`, which holds `ddl!`",
                relative(&file).display()
            ));
            self.ui.hint("remove `file` from `[print_schema]` in diesel.toml");
        }
        Ok(project)
    }

    /// The database that is meant.
    pub(super) fn database_url(
        &self,
        project: &Project,
        args: &DatabaseArgs,
    ) -> Result<DatabaseUrl, Failure> {
        let found = project.database_url(args.database_url.as_deref())?;
        match (found, self.default_url) {
            (Some((text, origin)), _) => {
                DatabaseUrl::parse(&text).map_err(|error| wrong_url(&error, &origin))
            }
            (None, Some(text)) => Ok(DatabaseUrl::parse(text)?),
            (None, None) => Err(Failure::new(Exit::Failed, "no database is named")
                .hint("set DATABASE_URL, in the environment or in `.env`, or pass `--database-url`")
                .hint("for a SQLite file: DATABASE_URL=app.sqlite")),
        }
    }

    /// The directory of the migrations.
    pub(super) fn migration_dir(
        &self,
        project: &Project,
        args: &MigrationArgs,
    ) -> Result<PathBuf, Failure> {
        Ok(project.migration_dir(args.migration_dir.as_deref())?)
    }

    /// The time that a new migration bears.
    pub(super) fn now(&self, project: &Project) -> Result<jiff::Timestamp, Failure> {
        let Some(text) = project.text(&settings::NOW, None)? else {
            return Ok(jiff::Timestamp::now());
        };
        let time = jiff::civil::DateTime::strptime("%Y-%m-%d-%H%M%S", &text)
            .and_then(|time| time.to_zoned(jiff::tz::TimeZone::UTC));
        time.map(|time| time.timestamp()).map_err(|error| {
            let message = format!("`GLOWPLUG_NOW` is `{text}`, expected `2026-11-22-110343`");
            Failure::new(Exit::Failed, message).because(&error)
        })
    }
}

fn wrong_url(error: &crate::connection::ConnectionError, origin: &Origin) -> Failure {
    Failure::new(Exit::Failed, format!("{origin} names no database")).because(error)
}

/// The path as seen from the current directory; from elsewhere on the machine, the path itself.
pub(super) fn relative(path: &Path) -> PathBuf {
    match std::env::current_dir() {
        Ok(current) => relative_to(&current, path),
        Err(_) => path.to_path_buf(),
    }
}

/// The path as seen from a directory; both absolute.
pub(super) fn relative_to(current: &Path, path: &Path) -> PathBuf {
    let shared = current.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    // The root of the file system alone is nothing in common.
    if shared < 2 {
        return path.to_path_buf();
    }
    let up = current.components().skip(shared).map(|_| Component::ParentDir);
    let relative: PathBuf = up.chain(path.components().skip(shared)).collect();
    if relative.as_os_str().is_empty() { PathBuf::from(".") } else { relative }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let failure = Self::of(Exit::Failed, &error);
        match error {
            ConfigError::UnknownKey { nearest: Some(nearest), .. } => {
                failure.hint(format!("did you mean `{nearest}`?"))
            }
            ConfigError::UnknownKey { nearest: None, .. } => {
                let known: Vec<_> = super::SETTINGS
                    .iter()
                    .filter(|setting| setting.cargo)
                    .map(|setting| format!("`{}`", setting.name))
                    .collect();
                failure.hint(format!("the keys are {}", known.join(", ")))
            }
            ConfigError::CurrentDirectory(_)
            | ConfigError::Unreadable { .. }
            | ConfigError::Toml { .. }
            | ConfigError::DotenvLine { .. }
            | ConfigError::NoProject(_)
            | ConfigError::NotUnicode { .. }
            | ConfigError::WrongValue { .. } => failure,
        }
    }
}
