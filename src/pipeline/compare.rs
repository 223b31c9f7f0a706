//! Models and a database, made comparable, and the difference between them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::apply::prove;
use crate::backend::{self, DatabaseError, Dialect, Refusal, Scope, Trap, introspect, resolve};
use crate::connection::AnyConnection;
use crate::diff::rename::{self, Answer};
use crate::diff::{self, Operation};
use crate::model::{QualifiedName, Schema};

use super::{Answers, CreateError, Unmanaged};

/// How models and database are compared.
#[derive(Clone, Debug, Default)]
pub struct CompareOptions {
    /// `--rename`.
    pub renames: Vec<Answer>,
    /// `--no-renames`: what looks like a rename is a drop and an addition.
    pub no_renames: bool,
    /// `--drop`.
    pub drops: resolve::Drops,
    /// Objects that are nobody's business.
    pub unmanaged: Unmanaged,
}

/// A database and what the models make of it.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The database as it is.
    pub live: Schema,
    /// The database once the renames are done: where the other operations start.
    pub from: Schema,
    /// The database as the models want it.
    pub to: Schema,
    /// The renames.
    pub renames: Vec<Operation>,
    /// Everything else that changes.
    pub operations: Vec<Operation>,
    /// What is worth telling besides.
    pub notices: Vec<resolve::Notice>,
}

impl Comparison {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.renames.is_empty() && self.operations.is_empty()
    }

    /// The traps of the tables that the change touches, as they are afterwards.
    #[must_use]
    pub fn traps(&self, dialect: &dyn Dialect) -> Vec<Trap> {
        let mut touched: BTreeSet<&QualifiedName> = BTreeSet::new();
        for operation in self.renames.iter().chain(&self.operations) {
            touched.extend(operation.table());
            if let Operation::RenameTable { to, .. } = operation {
                touched.insert(to);
            }
        }
        let mut traps = dialect.traps(&self.to);
        traps.retain(|trap| touched.contains(&trap.table));
        traps
    }

    /// The renames, then the rest.
    #[must_use]
    pub fn all(&self) -> Vec<Operation> {
        self.renames.iter().chain(&self.operations).cloned().collect()
    }
}

/// Reads a database and normalises what was read.
///
/// # Errors
/// When it cannot be read.
pub fn read(
    connection: Option<&mut AnyConnection>,
    dialect: &dyn Dialect,
    scope: &Scope,
) -> Result<Schema, DatabaseError> {
    let mut schema = match connection {
        Some(connection) => introspect(connection, scope)?,
        None => Schema::default(),
    };
    dialect.normalize(&mut schema);
    Ok(schema)
}

/// The schemas besides the default one that the models name.
pub(super) fn scope(models: &Schema) -> Scope {
    let mut schemas: Vec<_> = models
        .tables
        .keys()
        .chain(models.views.keys())
        .chain(models.enums.keys())
        .chain(models.definitions.iter().map(|definition| &definition.name))
        .filter_map(|name| name.schema.clone())
        .collect();
    schemas.sort();
    schemas.dedup();
    Scope { schemas }
}

/// Compares the models with a database; `None` is a database that does not exist yet.
///
/// # Errors
/// When the database cannot be read, or an answer is missing or makes no sense.
pub fn compare(
    mut connection: Option<&mut AnyConnection>,
    models: &Schema,
    dialect: &dyn Dialect,
    options: &CompareOptions,
    answers: &mut dyn Answers,
) -> Result<Comparison, CreateError> {
    let scope = scope(&options.unmanaged.without(models));
    let live = read(connection.as_deref_mut(), dialect, &scope)?;
    compare_with(live, connection, models, dialect, options, answers)
}

/// The same, with a database that [`read`] has read already. `connection` goes to it.
///
/// # Errors
/// As for [`compare`].
pub fn compare_with(
    live: Schema,
    mut connection: Option<&mut AnyConnection>,
    models: &Schema,
    dialect: &dyn Dialect,
    options: &CompareOptions,
    answers: &mut dyn Answers,
) -> Result<Comparison, CreateError> {
    let models = options.unmanaged.without(models);
    let scope = scope(&models);
    let models = &match &live.server.default_schema {
        Some(default) => {
            Cow::Owned(models.relative_to(default).map_err(|twice| twice_there(&twice, default))?)
        }
        None => models,
    };
    let renames = renames(&live, models, dialect, options, answers)?;
    let from = match connection.as_deref_mut() {
        Some(connection) if !renames.is_empty() => {
            let statements = statements(&renames, &live, dialect)?;
            let mut renamed = prove::preview(connection, &statements, &scope)?;
            dialect.normalize(&mut renamed);
            renamed
        }
        _ => live.clone(),
    };
    let drops = options.unmanaged.spared(&options.drops, models, &from);
    let resolved =
        resolve::resolve(models, &from, dialect, &drops).map_err(CreateError::Refused)?;
    let mut to = resolved.schema;
    if let Some(connection) = connection {
        backend::canonicalize(connection, &from, &mut to)?;
    }
    let operations = dialect.with_renamed_parts(diff::diff(&from, &to), &from);
    let notices = resolved
        .notices
        .into_iter()
        .filter(|notice| match notice {
            resolve::Notice::Unnamed { name, .. } => !options.unmanaged.holds(name),
            resolve::Notice::MissingForeignKey { .. } | resolve::Notice::LongLock { .. } => true,
        })
        .collect();
    Ok(Comparison { live, from, to, renames, operations, notices })
}

fn twice_there(names: &[QualifiedName], default: &str) -> CreateError {
    let refusals = names.iter().map(|name| {
        Refusal::new(
            format!("`{name}` and `{default}.{name}`"),
            format!("the models name both, and `{default}` is the default schema: they are one"),
        )
        .hint("leave one of them out")
    });
    CreateError::Refused(refusals.collect())
}

/// The renames that were answered, hinted at or confirmed.
fn renames(
    live: &Schema,
    models: &Schema,
    dialect: &dyn Dialect,
    options: &CompareOptions,
    answers: &mut dyn Answers,
) -> Result<Vec<Operation>, CreateError> {
    let mut known = options.renames.clone();
    let mut declined: Vec<rename::Rename> = Vec::new();
    loop {
        let decision = rename::decide(live, models, &known, dialect)?;
        let operations = decision.renames.iter().map(rename::Rename::operation).collect();
        let open: Vec<_> = decision
            .open
            .into_iter()
            .filter(|candidate| !declined.contains(&candidate.rename))
            .filter(|_| !options.no_renames)
            .collect();
        let Some(first) = open.first() else { return Ok(operations) };
        match answers.rename(first) {
            Some(true) => known.push(first.rename.to_string().parse()?),
            Some(false) => declined.push(first.rename.clone()),
            None => return Err(CreateError::Ambiguous(open)),
        }
    }
}

/// The SQL of the renames.
fn statements(
    renames: &[Operation],
    live: &Schema,
    dialect: &dyn Dialect,
) -> Result<Vec<String>, CreateError> {
    let mut statements = Vec::new();
    let mut known = Cow::Borrowed(live);
    for rename in renames {
        let rendered = dialect
            .render(rename, &known, &known)
            .map_err(|refusal| CreateError::Refused(vec![refusal]))?;
        statements.extend(rendered.into_iter().map(|statement| statement.sql));
        // A column of it is renamed under the table's new name.
        if let Operation::RenameTable { from, to } = rename
            && let Some(table) = known.to_mut().tables.remove(from)
        {
            known.to_mut().tables.insert(to.clone(), table);
        }
    }
    Ok(statements)
}
