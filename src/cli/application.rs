//! The verbs for an application's own command line.

use clap::Subcommand;
use diesel_migrations::EmbeddedMigrations;

use super::args::{Format, TerminalArgs};
use super::commands::{create, finish, migrate, revert, status};
use super::context::Context;
use super::exit::Exit;
use super::ui::Ui;

/// `migrate`, `migrate-create`, `migrate-status` and `migrate-revert`, to be flattened into the
/// clap enum of an application.
///
/// Boxed, so that it does not make the enum around it large. They work on the migrations that the application embeds, unless `--migration-dir` names a
/// directory; `migrate-create` writes to the directory.
#[derive(Debug, Subcommand)]
pub enum ApplicationCommand {
    /// Apply the pending migrations to the database
    Migrate(Box<migrate::MigrateArgs>),
    /// Compare the models with the database and write the migration between them
    MigrateCreate(Box<create::CreateArgs>),
    /// Tell which migrations are applied and which are pending
    MigrateStatus(Box<status::StatusArgs>),
    /// Take the latest migrations back
    MigrateRevert(Box<revert::RevertArgs>),
}

impl ApplicationCommand {
    /// Runs the verb on the application's migrations. It prints its answer and its errors itself;
    /// the database is `--database-url`, `DATABASE_URL`, or what `.env` says.
    #[must_use]
    pub fn run(self, migrations: EmbeddedMigrations) -> Exit {
        self.run_on(migrations, None)
    }

    /// Runs the verb, on this database where the user names none.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "`embed_migrations!` gives a constant")]
    pub fn run_on(self, migrations: EmbeddedMigrations, default_url: Option<&str>) -> Exit {
        let ui = Ui::new(&TerminalArgs::default());
        let context = Context { ui: &ui, embedded: Some(&migrations), default_url };
        let answer = match &self {
            Self::Migrate(args) => migrate::run(args, &context),
            Self::MigrateCreate(args) => create::run(args, &context),
            Self::MigrateStatus(args) => status::run(args, &context),
            Self::MigrateRevert(args) => revert::run(args, revert::Then::Stop, &context),
        };
        finish(&ui, self.format(), answer)
    }

    /// The shape of the answer, which is also that of an error.
    fn format(&self) -> Format {
        match self {
            Self::Migrate(args) => args.format.format,
            Self::MigrateCreate(args) => args.format.format,
            Self::MigrateStatus(args) => args.format.format,
            Self::MigrateRevert(args) => args.format.format,
        }
    }
}
