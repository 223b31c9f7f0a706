//! What `create` answers: the plan, the hazards, the proof, and what was written.

use serde::Serialize;

use super::changes::{self, Change};
use super::context::{Context, relative};
use super::report::Failure;
use super::text::{Text, Tone, count};
use crate::apply::prove::Proof;
use crate::backend::Trap;
use crate::backend::resolve::Notice;
use crate::diff::Operation;
use crate::pipeline::{Comparison, Created, Scripts};
use crate::plan::safety::Hazard;

/// Tells the plan on stderr, and prints what was written, or would be, on stdout.
pub(super) fn tell(context: &Context<'_>, created: &Created, dry_run: bool) -> Result<(), Failure> {
    let ui = context.ui;
    notices(context, &created.comparison.notices);
    let operations = created.comparison.all();
    for operation in &operations {
        ui.status(changes::line(operation));
    }
    for hazard in &created.hazards {
        let label = Text::new().plain("  ").toned(Tone::Warning, hazard.name);
        ui.status(label.plain(": ").plain(&hazard.message));
    }
    for trap in &created.traps {
        ui.warning(&trap.to_string());
    }
    match &created.proof {
        Some(proof) => ui.status(format!("proven: {proof}")),
        None => ui.warning("not proven: the migration was not run"),
    }
    if dry_run {
        let several = created.migrations.len() > 1;
        let scripts = created.migrations.iter().map(|scripts| {
            let of = if several { format!("{}/", scripts.name) } else { String::new() };
            let (up, down) = (&scripts.up.sql, &scripts.down.sql);
            format!("-- {of}up.sql\n{up}\n-- {of}down.sql\n{down}")
        });
        ui.document(&scripts.collect::<Vec<_>>().join("\n"))?;
        ui.status(format!("{}; nothing was written", count(operations.len() as u64, "change")));
        return Ok(());
    }
    for file in &created.files {
        ui.answer(relative(file).display().to_string())?;
    }
    ui.hint("`glowplug migrate` applies it");
    Ok(())
}

/// What the database has besides, and what the models hint at.
pub(super) fn notices(context: &Context<'_>, notices: &[Notice]) {
    for notice in notices {
        match notice {
            Notice::Unnamed { kind, name } => {
                context.ui.status(format!("  {kind} {name} is in no model and is left alone"));
            }
            Notice::MissingForeignKey { table, clause } => {
                context
                    .ui
                    .status(format!("  table {table} has no foreign key for its `joinable!`"));
                context.ui.hint(&format!("write in its `ddl!` block: {clause}"));
            }
            Notice::LongLock { table, index, rows } => {
                context.ui.status(format!(
                    "  nobody can write to {table}, of about {rows} rows, while {index} is built"
                ));
                context.ui.hint("`--concurrently` builds it while others write");
            }
        }
    }
}

/// `--format json`.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    version: u32,
    changes: Vec<Change<'a>>,
    hazards: &'a [Hazard],
    notices: &'a [Notice],
    traps: &'a [Trap],
    proof: Option<&'a Proof>,
    files: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    up_sql: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    down_sql: Option<&'a str>,
    /// Where it is more than one.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    migrations: &'a [Scripts],
}

impl<'a> Document<'a> {
    pub(super) fn nothing(comparison: &'a Comparison) -> Self {
        Self {
            version: 1,
            changes: Vec::new(),
            hazards: &[],
            notices: &comparison.notices,
            traps: &[],
            proof: None,
            files: Vec::new(),
            up_sql: None,
            down_sql: None,
            migrations: &[],
        }
    }

    pub(super) fn of(created: &'a Created, operations: &'a [Operation]) -> Self {
        Self {
            changes: changes::json(operations),
            hazards: &created.hazards,
            traps: &created.traps,
            proof: created.proof.as_ref(),
            files: created.files.iter().map(|file| relative(file).display().to_string()).collect(),
            up_sql: created.migrations.first().map(|first| first.up.sql.as_str()),
            down_sql: created.migrations.first().map(|first| first.down.sql.as_str()),
            migrations: match created.migrations.as_slice() {
                [_] => &[],
                several => several,
            },
            ..Self::nothing(&created.comparison)
        }
    }
}
