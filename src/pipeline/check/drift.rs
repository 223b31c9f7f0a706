//! The database beside what the migrations say that it is.

use crate::backend::{self, CatalogChange, Dialect, Scope, catalog_changes};
use crate::connection::AnyConnection;
use crate::diff::{self, Operation};
use crate::model::QualifiedName;
use crate::pipeline::{CreateError, Unmanaged};

/// What the database is, and the migrations that are applied in it do not say.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    /// What turns the database of the migrations into the one that is there.
    pub operations: Vec<Operation>,
    /// What the server's own texts say besides: objects of kinds that are not modelled, and texts
    /// in which introspection sees no difference.
    pub objects: Vec<CatalogChange>,
    /// Texts that are spelt otherwise and say the same, and grants.
    pub notes: Vec<CatalogChange>,
}

impl Drift {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.objects.is_empty()
    }

    /// How many differences there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.operations.len() + self.objects.len()
    }
}

/// Compares a database with another one, in which the migrations ran.
///
/// # Errors
/// When one of them cannot be read.
pub fn drift(
    migrated: &mut AnyConnection,
    database: &mut AnyConnection,
    scope: &Scope,
    unmanaged: &Unmanaged,
    dialect: &dyn Dialect,
) -> Result<Drift, CreateError> {
    let read = |connection: &mut AnyConnection| -> Result<_, CreateError> {
        let mut schema = backend::introspect(connection, scope)?;
        dialect.normalize(&mut schema);
        Ok(unmanaged.without(&schema).into_owned())
    };
    let (from, to) = (read(migrated)?, read(database)?);
    let mut operations = diff::diff(&from, &to);
    let (before, after) = (backend::catalog(migrated)?, backend::catalog(database)?);
    let mut changes = catalog_changes(dialect, &before, &after);
    // An extension that no migration makes, and that the scratch database could not get.
    let given = |change: &CatalogChange| change.kind == "extension" && change.from.is_none();
    changes.retain(|change| !given(change) && !is_unmanaged(change, unmanaged));
    let (notes, objects): (Vec<_>, Vec<_>) =
        changes.into_iter().partition(|change| change.spelling || change.kind == "grants");
    let has = |kind: &str| before.iter().chain(&after).any(|entry| entry.kind == kind);
    let whole = match (has("column"), has("index")) {
        (true, _) => Whole::Nothing,
        (false, true) => Whole::Columns,
        (false, false) => Whole::Indexes,
    };
    // Introspection tells `TEXT` from `text`; the whole text says that it is the same.
    let spelt =
        |operation: &Operation| notes.iter().any(|it| it.spelling && tells(operation, it, whole));
    operations.retain(|operation| !spelt(operation));
    let told = |change: &CatalogChange| {
        operations.iter().any(|operation| tells(operation, change, whole))
            || objects.iter().any(|table| goes_with(change, table))
    };
    let untold = |changes: &[CatalogChange]| -> Vec<CatalogChange> {
        changes.iter().filter(|change| !told(change)).cloned().collect()
    };
    let (objects, notes) = (untold(&objects), untold(&notes));
    Ok(Drift { operations, objects, notes })
}

/// What the server's text of a table holds besides the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    /// PostgreSQL has one text for each column and index.
    Nothing,
    /// SQLite: columns and constraints.
    Columns,
    /// MySQL: indexes, too.
    Indexes,
}

/// What a table is made of.
const PARTS: [&str; 5] = ["column", "constraint", "index", "sequence", "grants"];

/// Whether the object is a part of a table that is there on one side only.
fn goes_with(change: &CatalogChange, table: &CatalogChange) -> bool {
    let one_sided = table.from.is_none() || table.to.is_none();
    one_sided
        && table.kind == "table"
        && PARTS.contains(&change.kind.as_str())
        && change.table.as_ref() == Some(&table.name)
}

fn is_unmanaged(change: &CatalogChange, unmanaged: &Unmanaged) -> bool {
    // A schema of which nothing is anybody's business is not either.
    if change.kind == "schema" {
        return unmanaged.holds(&QualifiedName::in_schema(&*change.name, "*"));
    }
    let name = |name: &str| match name.split_once('.') {
        Some((schema, name)) => {
            QualifiedName { schema: Some(schema.to_owned()), ..QualifiedName::new(name) }
        }
        None => QualifiedName::new(name),
    };
    unmanaged.holds(&name(change.table.as_ref().unwrap_or(&change.name)))
}

/// Whether the operation says what the text says: the object itself, not only its table.
fn tells(operation: &Operation, change: &CatalogChange, whole: Whole) -> bool {
    let holds_columns = whole != Whole::Nothing;
    let is = |name: &QualifiedName, text: &str| name.to_string().eq_ignore_ascii_case(text);
    let of = |name: &QualifiedName| change.table.as_deref().is_some_and(|table| is(name, table));
    let kind = change.kind.as_str();
    match operation {
        // A new or lost table tells of all that it is made of, but not of what was put on it.
        Operation::CreateTable { table } | Operation::DropTable { table } => match kind {
            "table" => is(&table.name, &change.name),
            kind => PARTS.contains(&kind) && of(&table.name),
        },
        Operation::RenameTable { from, to } => is(from, &change.name) || is(to, &change.name),
        Operation::RebuildTable { from, .. } => is(&from.name, &change.name),
        Operation::AlterTable { table, .. } => kind == "table" && is(table, &change.name),
        Operation::AddColumn { table, column, .. }
        | Operation::DropColumn { table, column }
        | Operation::AlterColumn { table, to: column, .. } => match kind {
            "table" => holds_columns && is(table, &change.name),
            "column" => of(table) && column.name == change.name,
            "sequence" => of(table) && change.name.contains(&column.name),
            _ => false,
        },
        Operation::RenameColumn { table, .. } => {
            holds_columns && kind == "table" && is(table, &change.name)
                || kind == "column" && of(table)
        }
        Operation::RenamePart { table, from, to, .. } => {
            constrains(table, Some(from), change, whole)
                || constrains(table, Some(to), change, whole)
        }
        Operation::AlterPrimaryKey { table, from, to } => {
            let name = from.iter().chain(to).find_map(|key| key.name.as_ref());
            constrains(table, name, change, whole)
        }
        Operation::AddUnique { table, unique } | Operation::DropUnique { table, unique } => {
            constrains(table, unique.name.as_ref(), change, whole)
        }
        Operation::AddCheck { table, check } | Operation::DropCheck { table, check } => {
            constrains(table, check.name.as_ref(), change, whole)
        }
        Operation::AddExclusion { table, exclusion }
        | Operation::DropExclusion { table, exclusion } => {
            constrains(table, exclusion.name.as_ref(), change, whole)
        }
        Operation::AddForeignKey { table, foreign_key }
        | Operation::DropForeignKey { table, foreign_key } => {
            constrains(table, foreign_key.name.as_ref(), change, whole)
        }
        Operation::CreateIndex { table, index } | Operation::DropIndex { table, index } => {
            whole == Whole::Indexes && kind == "table" && is(table, &change.name)
                || kind == "index"
                    && of(table)
                    && index.name.as_deref().is_none_or(|it| it == change.name)
        }
        Operation::CreateView { view } | Operation::DropView { view } => {
            matches!(kind, "view" | "grants") && is(&view.name, &change.name)
        }
        Operation::CreateEnum { enum_type }
        | Operation::DropEnum { enum_type }
        | Operation::AlterEnum { to: enum_type, .. } => {
            kind == "type" && is(&enum_type.name, &change.name)
        }
        Operation::CreateDefinition { definition }
        | Operation::DropDefinition { definition }
        | Operation::AlterDefinition { to: definition, .. } => {
            matches!(kind, "type" | "composite type" | "sequence")
                && is(&definition.name, &change.name)
        }
        // Never here: objects that are not modelled are told by their texts.
        Operation::CreateObject { object } | Operation::DropObject { object } => {
            is(&object.name, &change.name)
        }
    }
}

/// Whether a constraint of this table and name is what differs: in SQLite the text of the table, on
/// a server the constraint and the index behind it.
fn constrains(
    table: &QualifiedName,
    name: Option<&String>,
    change: &CatalogChange,
    whole: Whole,
) -> bool {
    let own = change.table.as_deref().is_some_and(|it| table.to_string().eq_ignore_ascii_case(it));
    match change.kind.as_str() {
        "table" => whole != Whole::Nothing && table.to_string().eq_ignore_ascii_case(&change.name),
        "constraint" | "index" => own && name.is_none_or(|name| *name == change.name),
        _ => false,
    }
}
