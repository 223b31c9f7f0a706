//! The flags that all of Diesel CLI's verbs have, before and after the verb.

use std::path::{Path, PathBuf};

use clap::Args;

use super::words::Words as _;
use crate::cli::args::{DatabaseArgs, MigrationArgs};
use crate::cli::config::Project;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::report::Failure;
use crate::connection::DatabaseUrl;

/// Diesel CLI takes these before the verb too.
#[derive(Args, Clone, Debug, Default)]
pub(in crate::cli) struct BeforeVerb {
    #[arg(long, value_name = "URL", hide = true)]
    pub(in crate::cli) database_url: Option<String>,
    #[arg(long, value_name = "FILE", hide = true)]
    pub(in crate::cli) config_file: Option<PathBuf>,
    #[arg(long, hide = true)]
    pub(in crate::cli) locked_schema: bool,
}

/// The flags of Diesel CLI that stand anywhere behind the verb.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Project")]
pub(in crate::cli) struct DieselArgs {
    /// Use this database [env: DATABASE_URL]
    #[arg(long, value_name = "URL", global = true)]
    database_url: Option<String>,
    /// Read this file instead of diesel.toml [env: DIESEL_CONFIG_FILE]
    #[arg(long, value_name = "FILE", global = true)]
    config_file: Option<PathBuf>,
    /// Fail where schema.rs would change, and leave it as it is
    #[arg(long, global = true)]
    pub(super) locked_schema: bool,
}

/// The flag of the verbs that have to do with migrations.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Project")]
pub(super) struct DirectoryArgs {
    /// Use the migrations in this directory [env: MIGRATION_DIRECTORY]
    #[arg(long, value_name = "DIR", global = true)]
    migration_dir: Option<PathBuf>,
}

impl DieselArgs {
    /// The flags that stood before the verb hold where it has none of its own.
    pub(in crate::cli) fn after(&mut self, before: BeforeVerb) {
        self.database_url = self.database_url.take().or(before.database_url);
        self.config_file = self.config_file.take().or(before.config_file);
        self.locked_schema |= before.locked_schema;
    }

    pub(super) fn project(&self) -> Result<Project, Failure> {
        Project::find_as_diesel_cli(self.config_file()).in_diesels_words()
    }

    pub(super) fn config_file(&self) -> Option<&Path> {
        self.config_file.as_deref()
    }

    pub(super) fn url(
        &self,
        project: &Project,
        context: &Context<'_>,
    ) -> Result<DatabaseUrl, Failure> {
        if project.database_url(self.database_url.as_deref())?.is_none() {
            return Err(Failure::new(
                Exit::Failed,
                "The --database-url argument must be passed, or the DATABASE_URL environment variable must be set.",
            ));
        }
        let database_url = self.database_url.clone();
        context.database_url(project, &DatabaseArgs { database_url, ..DatabaseArgs::default() })
    }
}

impl DirectoryArgs {
    pub(super) fn path(
        &self,
        project: &Project,
        context: &Context<'_>,
    ) -> Result<PathBuf, Failure> {
        let args = MigrationArgs { migration_dir: self.migration_dir.clone() };
        context.migration_dir(project, &args)
    }
}
