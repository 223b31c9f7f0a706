//! The schema.rs that diesel.toml names, written anew after the migrations changed.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::sections::{Section, Sections};
use super::server::cannot;
use super::{DieselArgs, Target};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::report::Failure;
use crate::connection::AnyConnection;
use crate::print_schema::print_schema;

/// Writes each file that a section names, or, with `--locked-schema`, fails where one would change.
pub(super) fn regenerate(
    target: &Target,
    connection: &mut AnyConnection,
    args: &DieselArgs,
    context: &Context<'_>,
) -> Result<(), Failure> {
    for section in Sections::of(&target.project)?.by_name.values() {
        let Some(path) = &section.file else { continue };
        let old = fs::read_to_string(path).ok();
        let text = text_of(section, connection, context)?;
        if args.locked_schema {
            locked(path, old.as_deref(), &text, context)?;
        } else if old.as_deref().is_some_and(is_a_model) {
            context.ui.warning(&format!(
                "`{}` holds `ddl!` and is left as it is; Diesel CLI would overwrite it",
                path.display()
            ));
            context.ui.hint("remove `file` from `[print_schema]` in diesel.toml");
        } else if old.as_deref() != Some(&text) {
            let parent = path.parent().unwrap_or(Path::new(""));
            fs::create_dir_all(parent)
                .and_then(|()| fs::write(path, &text))
                .map_err(|error| cannot("written", path, &error))?;
        }
    }
    Ok(())
}

/// What glowplug's users write by hand is never overwritten.
fn is_a_model(text: &str) -> bool {
    text.contains("ddl!")
}

fn locked(path: &Path, old: Option<&str>, new: &str, context: &Context<'_>) -> Result<(), Failure> {
    let Some(old) = old else {
        let error = fs::read_to_string(path).map(drop).err();
        let error = error.unwrap_or_else(|| std::io::ErrorKind::NotFound.into());
        return Err(cannot("read", path, &error));
    };
    if new.lines().eq(old.lines()) {
        return Ok(());
    }
    context.ui.document(&diffy::create_patch(old, new).to_string())?;
    Err(Failure::new(
        Exit::Failed,
        format!(
            "Command would result in changes to `{}`. Rerun the command locally, and commit the changes.",
            path.display()
        ),
    ))
}

/// The text of a section: printed, formatted, patched.
pub(super) fn text_of(
    section: &Section,
    connection: &mut AnyConnection,
    context: &Context<'_>,
) -> Result<String, Failure> {
    let printed = print_schema(connection, &section.options)?;
    for warning in &printed.warnings {
        context.ui.warning(warning);
    }
    let text = formatted(&printed.text).unwrap_or(printed.text);
    match &section.patch_file {
        Some(path) => patched(&text, path),
        None => Ok(text),
    }
}

/// As rustfmt has it; `None` where there is no rustfmt.
fn formatted(text: &str) -> Option<String> {
    let mut child = Command::new("rustfmt")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    let text = text.to_owned();
    // rustfmt reads all before it writes, but that is its business, not a promise.
    let writer = std::thread::spawn(move || std::io::Write::write_all(&mut input, text.as_bytes()));
    let output = child.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}

fn patched(text: &str, path: &Path) -> Result<String, Failure> {
    let patch = fs::read_to_string(path).map_err(|error| cannot("read", path, &error))?;
    let failed = |doing: &str, error: &dyn std::error::Error| {
        Failure::new(Exit::Failed, format!("Failed to {doing}: {error}"))
    };
    let patch =
        diffy::Patch::from_str(&patch).map_err(|error| failed("parse patch file", &error))?;
    diffy::apply(text, &patch).map_err(|error| failed("apply patch", &error))
}
