//! `glowplug setup`

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::args::DirectoryArgs;
use super::server::cannot;
use super::words::Words as _;
use super::{Answer, DieselArgs, Target, database};
use crate::cli::config::Project;
use crate::cli::context::{Context, relative_to};
use crate::cli::exit::Exit;
use crate::cli::report::Failure;
use crate::model::Backend;

pub(in crate::cli) const EXAMPLES: &str = "\
Examples:
  glowplug setup
  glowplug setup --migration-dir db/migrations

The verb of Diesel CLI, with its flags and its exit codes: 0 done, 1 failed, 2 usage.
";

/// The flags of `setup`.
#[derive(Args, Clone, Debug)]
pub struct SetupCommand {
    #[command(flatten)]
    default_migration: DefaultMigrationArgs,
    #[command(flatten)]
    directory: DirectoryArgs,
    #[command(flatten)]
    diesel: DieselArgs,
}

/// Whether Diesel's first migration is written (PostgreSQL).
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct DefaultMigrationArgs {
    /// Don't generate the default migration
    #[arg(long)]
    no_default_migration: bool,
}

impl SetupCommand {
    pub(in crate::cli) fn diesel(&mut self) -> &mut DieselArgs {
        &mut self.diesel
    }
}

pub(in crate::cli) fn run(args: &SetupCommand, context: &Context<'_>) -> Answer {
    let project = args.diesel.project()?;
    let directory = args.directory.path(&project, context)?;
    make_directory(&directory, context)?;
    write_config(args, &project, &directory)?;
    let target = Target::of(&args.diesel, context)?;
    database::set_up(&target, &directory, &args.default_migration, context)?;
    Ok(Exit::Done)
}

fn make_directory(directory: &Path, context: &Context<'_>) -> Result<(), Failure> {
    if directory.exists() {
        return Ok(());
    }
    context.ui.answer(format!("Creating migrations directory at: {}", directory.display()))?;
    // Git does not keep an empty directory.
    fs::create_dir_all(directory)
        .and_then(|()| fs::write(directory.join(".keep"), ""))
        .map_err(|error| cannot("made", directory, &error))
}

/// The diesel.toml of a new project.
fn write_config(args: &SetupCommand, project: &Project, directory: &Path) -> Result<(), Failure> {
    let (path, _) = project.config_file(args.diesel.config_file())?;
    if path.exists() {
        return Ok(());
    }
    let root = project.marked_root().in_diesels_words()?;
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let directory: PathBuf = relative_to(&real(root), &real(directory));
    let directory = toml::Value::String(directory.display().to_string());
    fs::write(&path, CONFIG.replace("{directory}", &directory.to_string()))
        .map_err(|error| cannot("written", &path, &error))
}

/// The keys that Diesel CLI writes.
const CONFIG: &str = r#"# What may stand here: https://diesel.rs/guides/configuring-diesel-cli

[print_schema]
file = "src/schema.rs"
custom_type_derives = ["diesel::query_builder::QueryId", "Clone"]

[migrations_directory]
dir = {directory}
"#;

/// Diesel's first migration: on PostgreSQL, functions that keep a column `updated_at`.
pub(super) fn write_default_migration(
    args: &DefaultMigrationArgs,
    backend: Backend,
    directory: &Path,
) -> Result<(), Failure> {
    let path = directory.join("00000000000000_diesel_initial_setup");
    if args.no_default_migration || backend != Backend::Postgres || path.exists() {
        return Ok(());
    }
    fs::create_dir_all(&path)
        .and_then(|()| fs::write(path.join("up.sql"), UP))
        .and_then(|()| fs::write(path.join("down.sql"), DOWN))
        .map_err(|error| cannot("written", &path, &error))
}

const UP: &str = "\
-- The functions that every Diesel project on PostgreSQL may use. Edit them as you like.
--
--     SELECT diesel_manage_updated_at('session');
--
-- lets the column `updated_at` of `session` tell when a row was last changed, unless an UPDATE sets
-- it itself.

CREATE OR REPLACE FUNCTION diesel_set_updated_at() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at AND NEW IS DISTINCT FROM OLD THEN
        NEW.updated_at := current_timestamp;
    END IF;
    RETURN NEW;
END;
$$;

CREATE OR REPLACE FUNCTION diesel_manage_updated_at(_tbl regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER set_updated_at BEFORE UPDATE ON %s '
        'FOR EACH ROW EXECUTE PROCEDURE diesel_set_updated_at()',
        _tbl
    );
END;
$$;
";

const DOWN: &str = "\
DROP FUNCTION IF EXISTS diesel_manage_updated_at(_tbl regclass);
DROP FUNCTION IF EXISTS diesel_set_updated_at();
";
