//! What is refused by name: names that PostgreSQL would cut, and changes that would take something
//! along that no model names.

use super::normalize::{MAX_NAME, mentions};
use crate::backend::{Refusal, standard};
use crate::diff::{Operation, comes_back_as};
use crate::model::{Column, QualifiedName, Schema, TableOptions};

/// Refuses names of more than 63 bytes: PostgreSQL cuts them with no more than a notice.
pub(super) fn check(operation: &Operation) -> Result<(), Refusal> {
    match standard::new_names(operation).into_iter().find(|name| name.len() > MAX_NAME) {
        Some(name) => Err(Refusal::new(
            format!("name `{name}`"),
            format!("it has {} bytes; PostgreSQL keeps {MAX_NAME}", name.len()),
        )),
        None => Ok(()),
    }
}

/// Refuses options that are none of PostgreSQL's, or that are not written yet.
pub(super) fn no_options(table: &QualifiedName, options: &TableOptions) -> Result<(), Refusal> {
    match options.others.keys().next() {
        Some(option) => Err(Refusal::new(
            format!("table `{table}`"),
            format!("its option `{option}` cannot be written for PostgreSQL"),
        )),
        None => Ok(()),
    }
}

/// `DROP TABLE` takes triggers, policies, rules and partitions along without a word.
pub(super) fn nothing_goes_along(table: &QualifiedName, schema: &Schema) -> Result<(), Refusal> {
    // These come back with their columns.
    const COMES_BACK: &[&str] =
        &["sequence with options", "column with privileges", "column with planner settings"];
    let along = schema.others.iter().find(|other| {
        other.table.as_ref() == Some(table) && !COMES_BACK.contains(&other.kind.as_str())
    });
    match along {
        Some(other) => Err(Refusal::new(
            format!("table `{table}`"),
            format!("its drop would take the {} `{}` along", other.kind, other.name),
        )
        .hint(format!("drop the {} in a migration of its own first", other.kind))),
        None => Ok(()),
    }
}

/// What is said of an index or a constraint besides its definition is written under its name: it
/// comes back under that name alone.
pub(super) fn loses_no_settings(
    operation: &Operation,
    from: &Schema,
    to: &Schema,
) -> Result<(), Refusal> {
    let (Some(table), Some((name, new))) = (operation.table(), comes_back_as(operation, from, to))
    else {
        return Ok(());
    };
    match from.part_extras.contains_key(&(table.clone(), name.clone())) {
        true => Err(Refusal::new(
            format!("`{name}` of `{table}`"),
            format!(
                "it is to be called `{new}`, and is made anew by this change: its comment, and what replicates or clusters by it, would be lost"
            ),
        )
        .hint("rename it in a migration of its own")),
        false => Ok(()),
    }
}

/// A column that other tables inherit, or that is inherited, changes in all of them or not at all.
pub(super) fn not_inherited(operation: &Operation, from: &Schema) -> Result<(), Refusal> {
    let (table, column) = match operation {
        Operation::AddColumn { table, column, .. }
        | Operation::DropColumn { table, column }
        | Operation::AlterColumn { table, to: column, .. } => (table, Some(column.name.as_str())),
        Operation::RenameColumn { table, from, .. } => (table, Some(from.as_str())),
        Operation::AddCheck { table, .. } | Operation::DropCheck { table, .. } => (table, None),
        _ => return Ok(()),
    };
    let related = from.others.iter().find(|other| {
        if other.kind != "inheritance" {
            return false;
        }
        let is_parent = other.table.as_ref() == Some(table) && other.name != *table;
        let is_child = other.name == *table
            && column.is_some_and(|column| inherits(&other.name, column, from));
        is_parent || is_child
    });
    match related {
        Some(other) => {
            let (object, reason) = match other.name == *table {
                true => (format!("table `{table}`"), "it inherits what changes".to_owned()),
                false => (
                    format!("table `{table}`"),
                    format!("what changes is inherited by the table `{}`", other.name),
                ),
            };
            Err(Refusal::new(object, reason).hint("write the migration for all of them by hand"))
        }
        None => Ok(()),
    }
}

/// Whether a parent of the table has the column, too.
fn inherits(child: &QualifiedName, column: &str, schema: &Schema) -> bool {
    let parents = schema.others.iter().filter(|other| {
        other.kind == "inheritance" && other.name == *child && other.table.as_ref() != Some(child)
    });
    parents
        .filter_map(|other| schema.tables.get(other.table.as_ref()?))
        .any(|parent| parent.column(column).is_some())
}

/// What is made again with a table, a view or a type that goes, or comes back: it needs no drop of
/// its own.
fn is_view(kind: &str) -> bool {
    kind == "view" || kind == "materialized view"
}

/// Whether the plan drops the view, for good or for another definition.
fn goes(view: &QualifiedName, from: &Schema, to: &Schema) -> bool {
    match (from.views.get(view), to.views.get(view)) {
        (Some(_), None) => true,
        (Some(old), Some(new)) => {
            old.definition != new.definition || old.materialized != new.materialized
        }
        (None, _) => false,
    }
}

fn stands_on(object: String, kind: &str, name: &QualifiedName) -> Refusal {
    Refusal::new(object, format!("the {kind} `{name}` stands on it")).hint(match is_view(kind) {
        true => format!("change the {kind} in the models, or drop it: `--drop {name}`"),
        false => format!("change the {kind} in a migration of its own first"),
    })
}

/// Kinds whose text alone tells on which columns they stand.
const TOLD_BY_TEXT: &[&str] = &[
    "rule",
    "partitioning",
    "primary key with options",
    "unique constraint with options",
    "check with options",
    "foreign key with options",
    "exclusion constraint",
    "index with options",
    "invalid index",
    "column with privileges",
    "column with planner settings",
    "not null that is not inherited",
    "not null that is not valid",
];

fn by_text<'a>(
    table: &'a QualifiedName,
    column: &'a str,
    schema: &'a Schema,
) -> impl Iterator<Item = (&'a str, &'a QualifiedName)> {
    schema
        .others
        .iter()
        .filter(move |other| {
            other.table.as_ref() == Some(table)
                && TOLD_BY_TEXT.contains(&other.kind.as_str())
                && other.sql.as_deref().is_some_and(|sql| mentions(sql, column))
        })
        .map(|other| (other.kind.as_str(), &other.name))
}

fn by_dependency<'a>(
    table: &'a QualifiedName,
    column: Option<&'a str>,
    schema: &'a Schema,
) -> impl Iterator<Item = (&'a str, &'a QualifiedName)> {
    schema
        .dependencies
        .iter()
        .filter(move |d| d.on == *table && (column.is_none() || d.column.as_deref() == column))
        .map(|d| (d.kind.as_str(), &d.name))
}

/// `DROP COLUMN` takes along what stands on the column, or is stopped by it.
pub(super) fn nothing_stands_on(
    table: &QualifiedName,
    column: &str,
    from: &Schema,
    to: &Schema,
) -> Result<(), Refusal> {
    let found = by_text(table, column, from)
        .chain(by_dependency(table, Some(column), from))
        .find(|(kind, name)| !(is_view(kind) && goes(name, from, to)));
    match found {
        Some((kind, name)) => Err(stands_on(format!("column `{table}.{column}`"), kind, name)),
        None => Ok(()),
    }
}

/// The same for a column that is dropped and added again: views make room, and it gets back what
/// was said of it.
pub(super) fn may_be_made_anew(
    table: &QualifiedName,
    column: &str,
    from: &Schema,
) -> Result<(), Refusal> {
    const COMES_BACK: &[&str] = &["column with privileges", "column with planner settings"];
    let found = by_text(table, column, from)
        .chain(by_dependency(table, Some(column), from))
        .find(|(kind, _)| !is_view(kind) && !COMES_BACK.contains(kind));
    match found {
        Some((kind, name)) => Err(stands_on(format!("column `{table}.{column}`"), kind, name)),
        None => Ok(()),
    }
}

/// What PostgreSQL does not write anew when the type of a column changes (`ATExecAlterColumnType`).
/// Views make room; statistics stay.
pub(super) fn may_be_retyped(
    table: &QualifiedName,
    column: &str,
    from: &Schema,
) -> Result<(), Refusal> {
    const STAYS: &[&str] = &[
        "statistics object",
        "column with privileges",
        "column with planner settings",
        "primary key with options",
        "unique constraint with options",
        "check with options",
        "foreign key with options",
        "exclusion constraint",
        "index with options",
        "invalid index",
        "not null that is not inherited",
        "not null that is not valid",
    ];
    let object = || format!("column `{table}.{column}`");
    let found = by_text(table, column, from)
        .chain(by_dependency(table, Some(column), from))
        .find(|(kind, _)| !is_view(kind) && !STAYS.contains(kind));
    if let Some((kind, name)) = found {
        return Err(stands_on(object(), kind, name));
    }
    Ok(())
}

/// The columns that are computed from one whose type changes: they are made anew around it, as the
/// plan has them in the end. One that is computed on one side only has rows of its own there.
pub(super) fn computed_from<'a>(
    table: &QualifiedName,
    column: &str,
    from: &'a Schema,
    to: &'a Schema,
) -> Result<Vec<(&'a Column, &'a Column)>, Refusal> {
    let (Some(old), Some(new)) = (from.tables.get(table), to.tables.get(table)) else {
        return Ok(Vec::new());
    };
    let uses = |it: &Column| it.generated.as_ref().is_some_and(|g| mentions(&g.expression, column));
    let pairs = old.columns.iter().filter_map(|old| Some((old, new.column(&old.name)?)));
    let pairs = pairs.filter(|(a, b)| a.name != column && (uses(a) || uses(b)));
    let pair = |(a, b): (&'a Column, &'a Column)| {
        match (&a.generated, &b.generated) {
        (Some(_), Some(_)) => Ok((a, b)),
        _ => Err(Refusal::new(
            format!("column `{table}.{column}`"),
            format!(
                "its type changes, and `{table}.{}` is computed from it before or after, and not both",
                a.name
            ),
        )
        .hint(format!("change `{}` in a migration of its own first", a.name))),
    }
    };
    pairs.map(pair).collect()
}

/// Nothing that the plan leaves in place may stand on a table, a view or a type that goes. A
/// view or a type that goes finds its views dropped; a table needs them to go for good.
pub(super) fn no_other_stands_on(
    name: &QualifiedName,
    from: &Schema,
    to: &Schema,
) -> Result<(), Refusal> {
    // Found before, among what goes along with the table.
    const OWN: &[&str] = &["statistics object", "publication relation"];
    let is_table = from.tables.contains_key(name);
    let own = format!(" on {}", qualified_text(name, from));
    let found = by_dependency(name, None, from).find(|(kind, dependent)| match is_view(kind) {
        true => !from.views.contains_key(*dependent) || is_table && !goes(dependent, from, to),
        false => {
            !OWN.contains(kind) && !dependent.name.ends_with(&own) && !goes_too(dependent, from, to)
        }
    });
    let what = match (is_table, from.views.contains_key(name)) {
        (true, _) => "table",
        (_, true) => "view",
        (false, false) => "type",
    };
    match found {
        Some((kind, dependent)) => Err(stands_on(format!("{what} `{name}`"), kind, dependent)),
        None => Ok(()),
    }
}

/// Whether a definition goes, too, as `pg_identify_object` names it.
fn goes_too(dependent: &QualifiedName, from: &Schema, to: &Schema) -> bool {
    from.definitions.iter().any(|definition| {
        let name = qualified_text(&definition.name, from);
        let rest = dependent.name.strip_prefix(&name);
        // Of a composite type an attribute: `public.address.street`.
        to.definition(definition).is_none()
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// A name as `pg_identify_object` tells it.
fn qualified_text(name: &QualifiedName, schema: &Schema) -> String {
    let quoted = |name: &str| crate::backend::postgres::spelling::quote_where_needed(name);
    let space = name.schema.as_ref().or(schema.server.default_schema.as_ref());
    match space {
        Some(space) => format!("{}.{}", quoted(space), quoted(&name.name)),
        None => quoted(&name.name),
    }
}

/// A key that foreign keys refer to cannot be dropped below them.
pub(super) fn nothing_refers_to(
    table: &QualifiedName,
    columns: &[String],
    from: &Schema,
    to: &Schema,
) -> Result<(), Refusal> {
    let referring = from.tables.values().find_map(|other| {
        let stays = |key: &&crate::model::ForeignKey| {
            let after = to.tables.get(&other.name);
            key.foreign_table == *table
                && key.foreign_columns == columns
                && after.is_some_and(|after| after.foreign_keys.contains(key))
        };
        other.foreign_keys.iter().find(stays).map(|key| (other, key))
    });
    match referring {
        Some((other, key)) => Err(Refusal::new(
            format!("table `{table}`"),
            format!(
                "the foreign key `{}` of `{}` stands on the key that changes",
                key.name.as_deref().unwrap_or_default(),
                other.name
            ),
        )
        .hint("drop the foreign key in a migration before, and add it again in one after")),
        None => Ok(()),
    }
}
