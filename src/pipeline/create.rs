//! A new migration.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use crate::apply::prove::{self, Proof};
use crate::apply::{Progress, probe};
use crate::backend::{self, Backend, DatabaseError, Dialect, EngineVersion, Refusal, Trap};
use crate::connection::AnyConnection;
use crate::diff::{self, Operation};
use crate::files::{MigrationsDir, NewMigration};
use crate::model::Schema;
use crate::plan::safety::{self, Finding, Hazard, Probe, Severity};
use crate::plan::{Fills, Plan, PlanOptions, plan};

use super::compare::{CompareOptions, Comparison, compare, scope};
use super::concurrent::{self, Scripts};
use super::history::up_to_date;
use super::{Answers, CreateError, NoAnswers, Unmanaged};

/// How a migration is created.
#[derive(Clone, Debug, Default)]
pub struct CreateOptions {
    /// How models and database are compared.
    pub compare: CompareOptions,
    /// The name; `None` derives it from the changes.
    pub name: Option<String>,
    /// `--fill`.
    pub fills: Fills,
    /// `--fill-down`.
    pub down_fills: Fills,
    /// `--allow`: names of hazards, or `all`.
    pub allow: BTreeSet<String>,
    /// `--prove`: where a server proves it.
    pub place: prove::Place,
    /// The setting `sqlite-min-version`: the oldest SQLite that runs the migration.
    pub oldest: Option<EngineVersion>,
    /// The setting `proof-limit`, in bytes: of a larger SQLite file a sample of the rows is proven.
    pub proof_limit: Option<i64>,
    /// `--unproven`: write it without having run it.
    pub unproven: bool,
    /// `--concurrently`: build indexes in migrations of their own, while others write.
    pub concurrently: bool,
    /// `--dry-run`: write nothing.
    pub dry_run: bool,
    /// Who is told what takes long.
    pub progress: Progress,
    /// `--lock-timeout`: how long to wait for a SQLite file that is locked.
    pub lock_timeout: Option<Duration>,
}

/// What `create` did.
#[derive(Debug)]
pub enum CreateOutcome {
    /// The database is what the models say.
    NoChanges(Box<Comparison>),
    /// There is a migration.
    Created(Box<Created>),
}

/// A migration and how it came about.
#[derive(Debug, Serialize)]
pub struct Created {
    /// The difference that it removes.
    #[serde(skip)]
    pub comparison: Comparison,
    /// What it does.
    pub plan: Plan,
    /// What it loses or takes for granted, with counts; all of it was allowed.
    pub hazards: Vec<Hazard>,
    /// What is legal, and seldom meant, in the tables that change.
    pub traps: Vec<Trap>,
    /// What was proven; `None` with `--unproven`.
    pub proof: Option<Proof>,
    /// What is written, in the order in which it runs: one migration, or more where the server
    /// forces it.
    pub migrations: Vec<Scripts>,
    /// The first directory that was written; `None` with `--dry-run`.
    pub path: Option<PathBuf>,
    /// The files that were written.
    pub files: Vec<PathBuf>,
}

/// Compares the models with the database and writes the migration that removes the difference.
///
/// `connection` is `None` for a SQLite file that does not exist yet. `now` gives the version.
///
/// # Errors
/// When an answer is missing, data would be lost, the migration does not prove, or a file cannot
/// be written. Nothing is written then.
pub fn create(
    mut connection: Option<&mut AnyConnection>,
    backend: Backend,
    models: &Schema,
    directory: &MigrationsDir,
    options: &CreateOptions,
    answers: &mut dyn Answers,
    now: Timestamp,
) -> Result<CreateOutcome, CreateError> {
    let dialect = backend::dialect(connection.as_deref_mut(), backend)?;
    if options.concurrently {
        concurrent::check(dialect)?;
    }
    let known = directory.names()?;
    up_to_date(connection.as_deref_mut(), directory, options.lock_timeout)?;
    let mut comparison =
        compare(connection.as_deref_mut(), models, dialect, &options.compare, answers)?;
    if comparison.is_empty() {
        return Ok(CreateOutcome::NoChanges(Box::new(comparison)));
    }
    if !options.concurrently {
        let notices = concurrent::notices(&comparison, dialect);
        comparison.notices.extend(notices);
    }
    let given = Given { comparison, models, dialect, directory, known, options, now };
    given.create(connection, answers)
}

/// The migration that makes `to` from nothing, not written yet, in the words of the file that it was read from.
/// `empty` is a database that holds nothing.
///
/// # Errors
/// As [`create`].
pub fn baseline(
    empty: &mut AnyConnection,
    to: &Schema,
    dialect: &dyn Dialect,
    directory: &MigrationsDir,
    name: &str,
    unmanaged: &Unmanaged,
    now: Timestamp,
) -> Result<CreateOutcome, CreateError> {
    // Only the first migration makes all from nothing.
    let known = Vec::new();
    let from = Schema::default();
    let mut operations = diff::diff(&from, to);
    operations.extend(diff::objects(&from, to, |object| unmanaged.counts(object, dialect)));
    let comparison = Comparison {
        live: from.clone(),
        to: to.clone(),
        from,
        renames: Vec::new(),
        operations,
        notices: Vec::new(),
    };
    if comparison.is_empty() {
        return Ok(CreateOutcome::NoChanges(Box::new(comparison)));
    }
    let name = Some(name.to_owned());
    let options = CreateOptions { name, dry_run: true, ..CreateOptions::default() };
    let given = Given { comparison, models: to, dialect, directory, known, options: &options, now };
    given.create(Some(empty), &mut NoAnswers)
}

/// What is to be done, and where.
struct Given<'a> {
    comparison: Comparison,
    models: &'a Schema,
    dialect: &'a dyn Dialect,
    directory: &'a MigrationsDir,
    /// The migrations that were there when the database was compared.
    known: Vec<String>,
    options: &'a CreateOptions,
    now: Timestamp,
}

impl Given<'_> {
    /// Hazards, plan, proof, files.
    fn create(
        self,
        mut connection: Option<&mut AnyConnection>,
        answers: &mut dyn Answers,
    ) -> Result<CreateOutcome, CreateError> {
        let Self { mut comparison, models, dialect, directory, known, options, now } = self;
        let mut fills = options.fills.clone();
        let backend = dialect.backend();
        let mut hazards =
            hazards(connection.as_deref_mut(), &comparison, backend, &mut fills, options, answers)?;
        fills.apply(&mut comparison.operations);
        let plan_options = PlanOptions {
            renames: comparison.renames.clone(),
            fills,
            down_fills: options.down_fills.clone(),
            header: Vec::new(),
            oldest: options.oldest,
        };
        let proven = Proven { comparison: &comparison, models, dialect, options };
        let (plan, plan_options, proof) =
            proven.plan(connection, plan_options, &mut hazards, answers)?;
        let name = options.name.as_deref();
        let mut migrations = None;
        if options.concurrently {
            migrations = concurrent::split(&comparison, dialect, &plan_options, name)?;
        }
        let migrations =
            migrations.unwrap_or_else(|| vec![Scripts::of(&plan, name.unwrap_or(&plan.name))]);
        let (path, files) = (None, Vec::new());
        let traps = comparison.traps(dialect);
        let mut created =
            Created { comparison, plan, hazards, traps, proof, migrations, path, files };
        if !options.dry_run {
            created.write(directory, known, now)?;
        }
        Ok(CreateOutcome::Created(Box::new(created)))
    }
}

impl Created {
    /// Writes what a dry run did not, beside the migrations that were `known` then; nothing, if somebody
    /// else wrote one in the meantime: it may do the same. `now` gives the version.
    ///
    /// # Errors
    /// When there is another one, or a file cannot be written.
    pub fn write(
        &mut self,
        directory: &MigrationsDir,
        mut known: Vec<String>,
        now: Timestamp,
    ) -> Result<(), CreateError> {
        for scripts in &self.migrations {
            let new = NewMigration { name: &scripts.name, up: &scripts.up, down: &scripts.down };
            let written = directory.write_after(&known, &new, now)?;
            known = directory.names()?;
            self.path.get_or_insert(written.path);
            self.files.extend(written.files);
        }
        Ok(())
    }
}

/// What a plan is made and proven from.
struct Proven<'a> {
    comparison: &'a Comparison,
    models: &'a Schema,
    dialect: &'a dyn Dialect,
    options: &'a CreateOptions,
}

impl Proven<'_> {
    /// Plans, proves, and says in the files' headers what was proven.
    fn plan(
        &self,
        connection: Option<&mut AnyConnection>,
        mut plan_options: PlanOptions,
        hazards: &mut Vec<Hazard>,
        answers: &mut dyn Answers,
    ) -> Result<(Plan, PlanOptions, Option<Proof>), CreateError> {
        let Comparison { operations, from, to, .. } = self.comparison;
        let make = |plan_options: &PlanOptions| {
            plan(operations.clone(), from, to, self.dialect, plan_options)
                .map_err(CreateError::Refused)
        };
        if self.options.unproven {
            plan_options.header =
                vec!["Not proven: written with `--unproven`, without having been run.".to_owned()];
            let plan = make(&plan_options)?;
            self.one_way(&plan, hazards, answers)?;
            prove::foresee(self.dialect.backend(), &plan.up, from, to)?;
            return Ok((plan, plan_options, None));
        }
        let plan = make(&plan_options)?;
        self.one_way(&plan, hazards, answers)?;
        let proof = self.proof(connection, &plan, hazards, answers)?;
        let ways = if proof.one_way { "up alone" } else { "up, down and up again" };
        plan_options.header = vec![format!("Proven on {}: {ways}.", proof.place)];
        plan_options.header.extend(proof.limits.iter().cloned());
        Ok((make(&plan_options)?, plan_options, Some(proof)))
    }

    /// Asks whether a change is wanted that nothing takes back.
    fn one_way(
        &self,
        plan: &Plan,
        hazards: &mut Vec<Hazard>,
        answers: &mut dyn Answers,
    ) -> Result<(), CreateError> {
        if plan.irreversible.is_empty() {
            return Ok(());
        }
        let reasons: Vec<_> = plan.irreversible.iter().map(ToString::to_string).collect();
        let hazard = safety::one_way(format!("nothing takes it back: {}", reasons.join("; ")));
        let Answer::Allowed = answer(&hazard, self.options, answers) else {
            return Err(CreateError::Hazards(vec![hazard]));
        };
        hazards.push(hazard);
        Ok(())
    }

    /// Runs the plan; a hazard that only this shows is asked about as the others were.
    fn proof(
        &self,
        mut connection: Option<&mut AnyConnection>,
        plan: &Plan,
        hazards: &mut Vec<Hazard>,
        answers: &mut dyn Answers,
    ) -> Result<Proof, CreateError> {
        let scope = scope(self.models);
        let allowed = |name| hazards.iter().any(|hazard: &Hazard| hazard.name == name);
        let request = prove::Request {
            from: &self.comparison.from,
            to: &self.comparison.to,
            operations: &plan.up,
            up: &plan.up_script,
            down: &plan.down_script,
            scope: &scope,
            progress: &self.options.progress,
            dialect: self.dialect,
            place: self.options.place,
            copy_limit: self.options.proof_limit.unwrap_or(prove::COPY_LIMIT),
            lossy: allowed("lossy-type"),
            irreversible: false,
            one_way: !plan.irreversible.is_empty(),
        };
        let proof = prove::prove(connection.as_deref_mut(), &request);
        self.options.progress.done();
        let hazard = match proof {
            Err(error @ prove::ProveError::Irreversible { .. }) => {
                safety::irreversible(error.to_string())
            }
            proof => return Ok(proof?),
        };
        let Answer::Allowed = answer(&hazard, self.options, answers) else {
            return Err(CreateError::Hazards(vec![hazard]));
        };
        hazards.push(hazard);
        Ok(prove::prove(connection, &prove::Request { irreversible: true, ..request })?)
    }
}

/// Finds hazards, counts what they would cost, and asks; fills that were answered are added.
fn hazards(
    mut connection: Option<&mut AnyConnection>,
    comparison: &Comparison,
    backend: Backend,
    fills: &mut Fills,
    options: &CreateOptions,
    answers: &mut dyn Answers,
) -> Result<Vec<Hazard>, CreateError> {
    loop {
        let mut operations: Vec<Operation> = comparison.all();
        fills.apply(&mut operations);
        let mut found = Vec::new();
        for hazard in safety::check(&operations, &comparison.live, &comparison.to, backend) {
            let finding = match (&hazard.probe, connection.as_deref_mut()) {
                (Some(probe), Some(connection)) => match counted(probe, connection, options) {
                    Ok(finding) => finding,
                    Err(error) => match prove::lacking(connection, &error) {
                        // Who gives up the proof gives up the count.
                        Some(_) if options.unproven => {
                            found.push(hazard);
                            continue;
                        }
                        Some(error) => return Err(error.into()),
                        None => return Err(uncounted(&hazard, error)),
                    },
                },
                (_, None) => Finding::default(),
                (None, Some(_)) => {
                    found.push(hazard);
                    continue;
                }
            };
            found.push(hazard.with(&finding));
        }
        let mut refused = Vec::new();
        let mut filled = false;
        for hazard in found.iter().filter(|hazard| hazard.refused()) {
            match answer(hazard, options, answers) {
                Answer::Allowed => {}
                Answer::Fill { table, column, expression } => {
                    fills.insert(&table, &column, expression);
                    filled = true;
                }
                Answer::None => refused.push(hazard.clone()),
            }
        }
        if !refused.is_empty() {
            return Err(CreateError::Hazards(refused));
        }
        if !filled {
            found.retain(|hazard| hazard.severity == Severity::Loss);
            return Ok(found);
        }
    }
}

fn counted(
    probe: &Probe,
    connection: &mut AnyConnection,
    options: &CreateOptions,
) -> Result<Finding, DatabaseError> {
    options.progress.tell("counting rows");
    let finding = probe::count(connection, probe);
    // A question may follow.
    options.progress.done();
    finding
}

/// An expression of the models that the database cannot evaluate is the models' fault.
fn uncounted(hazard: &Hazard, error: DatabaseError) -> CreateError {
    match (&hazard.probe, std::error::Error::source(&error)) {
        (Some(Probe::Violations { .. } | Probe::Duplicates { .. }), Some(reason)) => {
            let reason = format!("the database cannot evaluate its expression: {reason}");
            CreateError::Refused(vec![Refusal::new(&hazard.object, reason)])
        }
        _ => error.into(),
    }
}

enum Answer {
    Allowed,
    Fill { table: String, column: String, expression: String },
    None,
}

fn answer(hazard: &Hazard, options: &CreateOptions, answers: &mut dyn Answers) -> Answer {
    match hazard.severity {
        Severity::Loss => {
            let flagged = options.allow.contains("all") || options.allow.contains(hazard.name);
            if flagged || answers.allow(hazard) == Some(true) {
                Answer::Allowed
            } else {
                Answer::None
            }
        }
        Severity::Precondition => match (&hazard.fill, answers.fill(hazard)) {
            (Some((table, column)), Some(expression)) => {
                Answer::Fill { table: table.to_string(), column: column.clone(), expression }
            }
            _ => Answer::None,
        },
    }
}
