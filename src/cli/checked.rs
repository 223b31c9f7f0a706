//! What `check` answers.

use serde::Serialize;

use super::changes::{self, Change};
use super::commands::status;
use super::context::Context;
use super::created;
use super::report::Failure;
use super::text::{Text, Tone, count};
use crate::apply::{MigrationState, MigrationStatus};
use crate::backend::resolve::Notice;
use crate::backend::{CatalogChange, Trap};
use crate::diff::Operation;
use crate::pipeline::{Check, Comparison, Drift, Problem, RoundTrip};

/// What was looked at, in the user's words.
pub(super) struct Looked {
    /// The directory of the migrations.
    pub(super) place: String,
    /// The database; `None` where it is left out.
    pub(super) database: Option<String>,
    /// Whether it exists.
    pub(super) exists: bool,
}

/// The answer on stdout, a part for each of the three; what can be done on stderr.
pub(super) fn tell(context: &Context<'_>, check: &Check, looked: &Looked) -> Result<(), Failure> {
    migrations(context, check, looked)?;
    models(context, check)?;
    database(context, check, looked)?;
    traps(context, check)?;
    if check.agrees() {
        context.ui.status("No differences");
    } else if check.halted.is_none() {
        context.ui.status("They do not agree; nothing was changed");
    }
    Ok(())
}

fn migrations(context: &Context<'_>, check: &Check, looked: &Looked) -> Result<(), Failure> {
    let ran = count(check.round_trips.len() as u64, "migration");
    let problems = check.round_trips.iter().map(|trip| trip.problems.len()).sum::<usize>();
    let what = match (&check.halted, check.duplicates.is_empty(), problems) {
        (_, false, _) => "not replayed: two have one version".to_owned(),
        (Some(_), _, 0) => format!("{ran} ran up, down and up again, and the next one fails"),
        (Some(_), ..) => format!("{}; and one fails", count(problems as u64, "problem")),
        (None, true, 0) => format!("{ran} ran up, down and up again"),
        (None, true, _) => format!("{} in {ran}", count(problems as u64, "problem")),
    };
    context.ui.answer(format!("Migrations {}: {what}", looked.place))?;
    for name in &check.duplicates {
        let line = Text::new().plain("  ").toned(Tone::Error, "duplicate").plain(" ");
        context.ui.answer(line.plain(name))?;
    }
    if !check.duplicates.is_empty() {
        context.ui.hint("rename one of the directories");
    }
    for trip in &check.round_trips {
        for problem in &trip.problems {
            let line = Text::new().plain("  ").toned(Tone::Error, "!").plain(" ");
            context.ui.answer(line.plain(format!("{}: {}", trip.name, problem.message)))?;
            if let Some(CatalogChange { from: Some(from), to: Some(to), .. }) = &problem.object {
                let texts = texts(["before: ", "after:  "], from, to);
                texts.into_iter().try_for_each(|text| context.ui.answer(text))?;
            }
            place(context, looked, trip, problem)?;
        }
        for note in &trip.notes {
            context.ui.status(format!("  {} {note}", trip.name));
        }
    }
    Ok(())
}

/// Where the statement stands.
fn place(
    context: &Context<'_>,
    looked: &Looked,
    trip: &RoundTrip,
    problem: &Problem,
) -> Result<(), Failure> {
    let (Some(file), Some(statement)) = (problem.file, &problem.statement) else { return Ok(()) };
    let at = format!("      --> {}/{}/{file}:{}", looked.place, trip.name, statement.line);
    context.ui.answer(at)?;
    let first = statement.sql.lines().next().unwrap_or_default();
    let more = if statement.sql.lines().count() > 1 { " …" } else { "" };
    context.ui.answer(format!("          {first}{more}"))
}

fn models(context: &Context<'_>, check: &Check) -> Result<(), Failure> {
    let Some(comparison) = &check.models else {
        return context.ui.answer("Models     not compared: the migrations have no known end");
    };
    let changes = comparison.all();
    if changes.is_empty() {
        context.ui.answer("Models     as the migrations say")?;
    } else {
        let differences = count(changes.len() as u64, "difference");
        context.ui.answer(format!("Models     {differences} from the migrations"))?;
        lines(context, &changes)?;
        context.ui.hint(
            "`make migrate-create` (`glowplug create`) writes the migration, once the database \
             has those that are there",
        );
    }
    created::notices(context, &comparison.notices);
    Ok(())
}

fn lines(context: &Context<'_>, operations: &[Operation]) -> Result<(), Failure> {
    operations.iter().try_for_each(|operation| context.ui.answer(changes::indented(operation)))
}

fn database(context: &Context<'_>, check: &Check, looked: &Looked) -> Result<(), Failure> {
    let Some(name) = &looked.database else {
        return context.ui.answer("Database   left out");
    };
    let what = match &check.drift {
        _ if !looked.exists => "it does not exist yet".to_owned(),
        None => "not compared: the migrations that it has cannot be replayed".to_owned(),
        Some(drift) if drift.is_empty() => "as the applied migrations say".to_owned(),
        Some(drift) => {
            let differences = count(drift.len() as u64, "difference");
            format!("{differences} from the applied migrations (+ it has besides, - it lacks)")
        }
    };
    context.ui.answer(format!("Database   {name}: {what}"))?;
    if let Some(drift) = &check.drift {
        tell_drift(context, drift)?;
    }
    for migration in unwell(check) {
        context.ui.answer(Text::new().plain("  ").and(&status::line(migration)))?;
    }
    hints(context, check);
    Ok(())
}

fn tell_drift(context: &Context<'_>, drift: &Drift) -> Result<(), Failure> {
    drift_lines(drift).into_iter().try_for_each(|line| context.ui.answer(line))?;
    drift_notes(context, drift);
    Ok(())
}

/// What a database has besides (+), lacks (-) or has otherwise (~), and both texts of the latter.
pub(super) fn drift_lines(drift: &Drift) -> Vec<Text> {
    let mut lines: Vec<_> = drift.operations.iter().map(changes::indented).collect();
    for object in &drift.objects {
        let (tone, sign) = match (&object.from, &object.to) {
            (None, _) => (Tone::Add, "+"),
            (_, None) => (Tone::Remove, "-"),
            (Some(_), Some(_)) => (Tone::Change, "~"),
        };
        let of = object.table.as_ref().map_or(String::new(), |table| format!(" of {table}"));
        let words = format!(" {} {}{of}", object.kind, object.name).replace('\n', "\\n");
        lines.push(Text::new().plain("  ").toned(tone, sign).plain(words));
        if let (Some(from), Some(to)) = (&object.from, &object.to) {
            lines.extend(texts(["migrations: ", "database:   "], from, to));
        }
    }
    lines
}

/// What is no difference, and worth knowing.
pub(super) fn drift_notes(context: &Context<'_>, drift: &Drift) {
    for note in &drift.notes {
        let what = if note.spelling { "is spelt otherwise and says the same" } else { "differ" };
        context.ui.status(format!("  {note} {what}"));
    }
}

/// Two texts of an object, as far as they differ.
fn texts(labels: [&str; 2], from: &str, to: &str) -> [Text; 2] {
    let (from, to) = first_difference(from, to);
    [
        Text::from(format!("      {}{from}", labels[0])),
        Text::from(format!("      {}{to}", labels[1])),
    ]
}

/// The first line in which two texts differ, of each.
fn first_difference<'a>(from: &'a str, to: &'a str) -> (&'a str, &'a str) {
    let (mut one, mut other) = (from.lines(), to.lines());
    loop {
        match (one.next(), other.next()) {
            (Some(a), Some(b)) if a == b => {}
            (None, None) => return (from, to),
            (a, b) => return (a.unwrap_or("(ends)").trim(), b.unwrap_or("(ends)").trim()),
        }
    }
}

/// What is no disagreement, and worth a look.
fn traps(context: &Context<'_>, check: &Check) -> Result<(), Failure> {
    if check.traps.is_empty() {
        return Ok(());
    }
    let number = count(check.traps.len() as u64, "place");
    context.ui.answer(format!("Traps      {number} worth a look"))?;
    check.traps.iter().try_for_each(|trap| context.ui.answer(format!("  {trap}")))
}

/// The migrations that are not applied as they are here.
fn unwell(check: &Check) -> impl Iterator<Item = &MigrationStatus> {
    let all = check.status.iter().flat_map(|status| &status.migrations);
    all.filter(|one| one.state != MigrationState::Applied || one.stopped.is_some())
}

/// What to do about the first of these, and about drift.
fn hints(context: &Context<'_>, check: &Check) {
    let found = |state: MigrationState| unwell(check).any(|one| one.state == state);
    if found(MigrationState::Pending) || found(MigrationState::OutOfOrder) {
        context.ui.hint("`make migrate` (`glowplug migrate`) applies what is pending");
    }
    if found(MigrationState::Edited) {
        context.ui.hint("put the old text back, and let a new migration make the change");
    }
    if found(MigrationState::Missing) {
        context.ui.hint(
            "what a missing migration did shows as a difference: switch to the branch that has it",
        );
    }
    let drifted = check.drift.as_ref().is_some_and(|drift| !drift.is_empty());
    if drifted && unwell(check).next().is_none() {
        context.ui.hint(
            "write what differs into a new migration and note it with `glowplug migrate --fake`, or \
             take it back by hand",
        );
    }
}

/// `--format json`.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    version: u32,
    agrees: bool,
    migrations: &'a [RoundTrip],
    duplicates: &'a [String],
    halted: Option<String>,
    models: Option<Models<'a>>,
    traps: &'a [Trap],
    database: Option<Database<'a>>,
}

#[derive(Serialize)]
struct Models<'a> {
    changes: Vec<Change<'a>>,
    notices: &'a [Notice],
}

#[derive(Serialize)]
struct Database<'a> {
    url: &'a str,
    exists: bool,
    migrations: Vec<&'a MigrationStatus>,
    changes: Option<Vec<Change<'a>>>,
    objects: Option<&'a [CatalogChange]>,
    notes: Option<&'a [CatalogChange]>,
}

impl<'a> Document<'a> {
    pub(super) fn of(check: &'a Check, looked: &'a Looked) -> Self {
        let models = |comparison: &'a Comparison| Models {
            // A check decides no renames.
            changes: changes::json(&comparison.operations),
            notices: &comparison.notices,
        };
        Self {
            version: 1,
            agrees: check.agrees(),
            migrations: &check.round_trips,
            duplicates: &check.duplicates,
            halted: check.halted.as_ref().map(ToString::to_string),
            models: check.models.as_ref().map(models),
            traps: &check.traps,
            database: looked.database.as_ref().map(|url| Database {
                url,
                exists: looked.exists,
                migrations: unwell(check).collect(),
                changes: check.drift.as_ref().map(|drift| changes::json(&drift.operations)),
                objects: check.drift.as_ref().map(|drift| drift.objects.as_slice()),
                notes: check.drift.as_ref().map(|drift| drift.notes.as_slice()),
            }),
        }
    }
}
