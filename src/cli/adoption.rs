//! What `init` finds in a project that Diesel CLI made.

use std::path::Path;

use super::args::DatabaseArgs;
use super::config::Project;
use super::context::{Context, relative};
use super::diesel::sections::Sections;
use super::load;
use super::report::Failure;
use super::text::{Text, Tone, count};
use super::{settings, unmanaged};
use crate::backend::resolve::Notice;
use crate::files::MigrationsDir;
use crate::model::Backend;
use crate::parse::{ParseOptions, read_models};
use crate::pipeline::{self, CompareOptions, NoAnswers};
use crate::print_schema::Filter;

/// Tells it. What cannot be read is told, too: `init` goes on.
pub(super) fn tell(context: &Context<'_>, project: &Project, migrations: &Path) {
    let line = |label: &str, text: String| {
        context.ui.status(Text::new().toned(Tone::Heading, format!("{label:<12}")).plain(text));
    };
    if let Some(toml) = project.diesel_toml() {
        line("Diesel CLI", relative(&toml.path).display().to_string());
    }
    match Sections::of(project) {
        Ok(sections) => {
            for (name, section) in &sections.by_name {
                let file = section.file.as_ref().map_or_else(
                    || "no file".to_owned(),
                    |file| format!("`{}`, which Diesel CLI writes anew", relative(file).display()),
                );
                let mut parts = vec![file];
                parts.extend(section.options.schema.as_ref().map(|it| format!("schema `{it}`")));
                parts.extend(match &section.options.filter {
                    Filter::All => None,
                    Filter::Only(only) => Some(format!("only {}", quoted(only))),
                    Filter::Except(except) => Some(format!("without {}", quoted(except))),
                });
                let patch = section.patch_file.as_ref();
                parts.extend(patch.map(|it| format!("patched by `{}`", relative(it).display())));
                let types = section.options.import_types.as_ref();
                parts.extend(types.map(|it| format!("types of {}", it.join(", "))));
                line("Section", format!("{name}: {}", parts.join("; ")));
            }
        }
        Err(failure) => context.ui.warning(failure.ansi(false).trim_start_matches("error: ")),
    }
    line("Migrations", migrations_of(migrations));
    if let Err(failure) = tell_database(context, project, &line) {
        context.ui.warning(failure.ansi(false).trim_start_matches("error: "));
    }
}

fn quoted(expressions: &[regex::Regex]) -> String {
    let quoted: Vec<_> = expressions.iter().map(|it| format!("`{it}`")).collect();
    quoted.join(", ")
}

fn migrations_of(path: &Path) -> String {
    let shown = relative(path).display().to_string();
    match MigrationsDir::open(path).and_then(|directory| directory.list()) {
        Ok(all) => match all.last() {
            Some(last) => {
                let number = count(all.len() as u64, "migration");
                format!("{shown}: {number}, the latest `{}`", last.directory_name)
            }
            None => format!("{shown}: none yet"),
        },
        Err(error) => error.to_string(),
    }
}

/// The models, the database, and what it holds besides.
fn tell_database(
    context: &Context<'_>,
    project: &Project,
    line: &impl Fn(&str, String),
) -> Result<(), Failure> {
    if project.database_url(None)?.is_none() {
        line("Database", "none is named; DATABASE_URL does".to_owned());
        return Ok(());
    }
    let url = context.database_url(project, &DatabaseArgs::default())?;
    let mut opened = load::open_if_there(&url)?;
    let note = if opened.is_some() { "" } else { " (it does not exist yet)" };
    line("Database", format!("{url}{note}"));
    let options = ParseOptions {
        paths: project.models(&[])?,
        features: project.texts(&settings::FEATURES, &[])?,
        ..ParseOptions::new(project.root(), url.backend())
    };
    let Ok(models) = read_models(&options) else {
        line("Models", "none that can be read; `glowplug pull` writes them".to_owned());
        return Ok(());
    };
    let files: Vec<_> = models.files.iter().map(|file| format!("`{}`", file.display())).collect();
    let tables = count(models.schema.tables.len() as u64, "table");
    line("Models", format!("{tables} in {}", files.join(", ")));
    let options = CompareOptions {
        no_renames: true,
        unmanaged: unmanaged::read(project)?,
        ..CompareOptions::default()
    };
    let dialect = Backend::dialect(url.backend());
    let found =
        pipeline::compare(opened.as_mut(), &models.schema, dialect, &options, &mut NoAnswers)?;
    let unnamed = found.notices.iter().filter_map(|notice| match notice {
        Notice::Unnamed { kind, name } => Some(format!("{kind} `{name}`")),
        Notice::MissingForeignKey { .. } | Notice::LongLock { .. } => None,
    });
    let unnamed: Vec<_> = unnamed.collect();
    if !unnamed.is_empty() {
        line("Unmanaged", format!("{}: in no model, left alone", unnamed.join(", ")));
    }
    let changes = found.all().len();
    if changes > 0 {
        let number = count(changes as u64, "difference");
        line("Differences", format!("{number}; `glowplug diff` lists them"));
    }
    Ok(())
}
