//! Makes the models comparable with a database: what they leave open is taken over from it.
//!
//! The result says everything in the database's own words wherever the two agree, so that the
//! difference between them is plain inequality. Who owns what is decided here, and only here:
//!
//! - `table!` owns columns, types, nullability and primary key;
//! - a table without a `ddl!` block keeps whatever else the database has;
//! - a table with one is fully described;
//! - what no model names is listed and kept.

mod columns;
mod constraints;
mod indexes;
mod names;

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Dialect, Refusal};
use crate::model::{ForeignKey, IndexKey, QualifiedName, Schema, Table, View};

/// Which of the objects that no model names are to be dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Drops {
    /// None of them: they are listed and left alone.
    #[default]
    None,
    /// These.
    Named(BTreeSet<String>),
    /// All of them.
    Unnamed,
}

impl Drops {
    fn holds(&self, name: &QualifiedName) -> bool {
        match self {
            Self::None => false,
            Self::Named(names) => names.contains(&name.to_string()),
            Self::Unnamed => true,
        }
    }
}

/// What is worth telling besides the difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "notice", rename_all = "kebab-case")]
pub enum Notice {
    /// An object of the database that no model names.
    Unnamed {
        /// `table`, `view`, `type`, `sequence`.
        kind: &'static str,
        /// Its name.
        name: QualifiedName,
    },
    /// A `joinable!` on columns that are there, without a foreign key.
    MissingForeignKey {
        /// The table that would hold it.
        table: QualifiedName,
        /// The clause for its `ddl!` block.
        clause: String,
    },
    /// An index is built on a large table while nobody may write to it.
    LongLock {
        /// The table.
        table: QualifiedName,
        /// The index.
        index: String,
        /// How many rows the server takes it to have.
        rows: u64,
    },
}

/// The models, made concrete.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// The schema that the database is to have.
    pub schema: Schema,
    /// What is worth telling.
    pub notices: Vec<Notice>,
}

/// Makes `models` concrete against `database`, which is normalised already.
///
/// # Errors
/// Every column whose type the backend does not have, every name that it cannot have or cannot tell
/// from another, and every name that an answer gives and
/// that is not there.
pub fn resolve(
    models: &Schema,
    database: &Schema,
    dialect: &dyn Dialect,
    drops: &Drops,
) -> Result<Resolved, Vec<Refusal>> {
    let folded = dialect.folded(models);
    let models = folded.as_ref().unwrap_or(models);
    let typed = dialect.with_types(models, database)?;
    let models = typed.as_ref().unwrap_or(models);
    let mut resolved = Resolved::default();
    let mut refusals = names::refuse(models, dialect);
    refusals.extend(unknown_drops(drops, models, database));
    let schema = &mut resolved.schema;
    schema.others.clone_from(&database.others);
    schema.dependencies.clone_from(&database.dependencies);
    schema.relation_extras.clone_from(&database.relation_extras);
    schema.part_extras.clone_from(&database.part_extras);
    schema.column_extras.clone_from(&database.column_extras);
    schema.definition_extras.clone_from(&database.definition_extras);
    schema.server.clone_from(&database.server);

    for model in models.tables.values() {
        // A `table!` that names a view of the database describes that view. One with a block of its
        // own is a table, and takes the view's place.
        if database.views.contains_key(&model.name) && !model.described {
            continue;
        }
        if model.is_view {
            let name = &model.name;
            let reason = "it is in the models, but not in the database, and its SQL is not known";
            refusals.push(
                Refusal::new(format!("view `{name}`"), reason)
                    .hint(format!("write it in a `ddl!`: view {name} \"SELECT …\";")),
            );
            continue;
        }
        let existing = find_table(database, &model.name, dialect);
        match table(model, existing, models, database, dialect) {
            Ok(table) => schema.insert_table(table),
            Err(mut errors) => refusals.append(&mut errors),
        }
    }
    views_and_types(models, database, dialect, schema);
    joinables(models, database, schema, &mut resolved.notices);
    keep_unnamed(models, database, dialect, drops, schema, &mut resolved.notices);
    replaced(database, schema);
    for table in schema.tables.values_mut() {
        let existing = find_table(database, &table.name, dialect);
        indexes::adopt(table, existing, dialect);
        constraints::adopt(table, existing, dialect);
    }
    dialect.normalize(schema);
    if refusals.is_empty() { Ok(resolved) } else { Err(refusals) }
}

/// One table of the models against the same table of the database.
fn table(
    model: &Table,
    existing: Option<&Table>,
    models: &Schema,
    database: &Schema,
    dialect: &dyn Dialect,
) -> Result<Table, Vec<Refusal>> {
    let mut table = model.clone();
    without_last_comments(&mut table, dialect);
    let model = &table.clone();
    table.described = true;
    table.columns = columns::resolve(model, existing, models, database, dialect)?;
    let Some(existing) = existing else { return Ok(table) };

    table.name.clone_from(&existing.name);
    if !model.described {
        table.options.clone_from(&existing.options);
        table.comment.clone_from(&existing.comment);
        table.uniques.clone_from(&existing.uniques);
        table.checks.clone_from(&existing.checks);
        table.exclusions.clone_from(&existing.exclusions);
        if let (Some(key), Some(old)) = (&mut table.primary_key, &existing.primary_key)
            && key.columns == old.columns
        {
            key.options.clone_from(&old.options);
        }
        table.foreign_keys.clone_from(&existing.foreign_keys);
        table.indexes.clone_from(&existing.indexes);
        constraints::forget_dropped_columns(&mut table, existing, dialect);
        indexes::forget_dropped_columns(&mut table, existing, dialect);
    }
    Ok(table)
}

/// Expressions stand in parentheses, and a comment to the end of the line would take in what closes
/// them.
fn without_last_comments(table: &mut Table, dialect: &dyn Dialect) {
    let bare = |sql: &mut String| {
        let end = dialect.last_word(sql);
        let tail = sql[end..].trim_start();
        if tail.starts_with("--") || tail.starts_with('#') {
            sql.truncate(end);
        }
    };
    for column in &mut table.columns {
        column.default.iter_mut().for_each(bare);
        column.generated.iter_mut().map(|generated| &mut generated.expression).for_each(bare);
    }
    table.checks.iter_mut().map(|check| &mut check.expression).for_each(bare);
    for index in &mut table.indexes {
        index.predicate.iter_mut().for_each(bare);
        for part in &mut index.parts {
            if let IndexKey::Expression(sql) = &mut part.key {
                bare(sql);
            }
        }
    }
}

/// The table of this name, by the backend's rule for case.
fn find_table<'a>(
    schema: &'a Schema,
    name: &QualifiedName,
    dialect: &dyn Dialect,
) -> Option<&'a Table> {
    schema.tables.get(name).or_else(|| {
        let any_case = dialect.capabilities().case_insensitive_tables;
        any_case
            .then(|| schema.tables.values().find(|t| t.name.name.eq_ignore_ascii_case(&name.name)))
            .flatten()
    })
}

/// Whether the models have a view of this name.
fn view_takes_its_place(models: &Schema, name: &QualifiedName, dialect: &dyn Dialect) -> bool {
    let any_case = dialect.capabilities().case_insensitive_tables;
    models.views.contains_key(name)
        || any_case && models.views.keys().any(|it| it.name.eq_ignore_ascii_case(&name.name))
}

/// What stands on a table goes with it where a view takes its place, and the other way round.
fn replaced(database: &Schema, schema: &mut Schema) {
    let (tables, views) = (&schema.tables, &schema.views);
    schema.others.retain(|other| {
        other.table.as_ref().is_none_or(|of| {
            !(database.tables.contains_key(of) && views.contains_key(of)
                || database.views.contains_key(of) && tables.contains_key(of))
        })
    });
}

/// Views and types of the models; a definition that only differs in spelling is the database's.
fn views_and_types(models: &Schema, database: &Schema, dialect: &dyn Dialect, schema: &mut Schema) {
    for view in models.views.values() {
        let mut view = view.clone();
        let existing = database.views.get(&view.name);
        let of_old = existing.filter(|old| old.materialized && view.materialized);
        match of_old {
            Some(old) if !view.described => view.indexes.clone_from(&old.indexes),
            _ => {
                let mut table = view.as_table();
                table.indexes.iter_mut().for_each(|index| dialect.normalize_index(index));
                indexes::adopt(&mut table, of_old.map(View::as_table).as_ref(), dialect);
                view.indexes = table.indexes;
            }
        }
        if let Some(existing) = existing {
            let key = |sql: &str| dialect.normalize_expression(sql);
            if key(&existing.definition) == key(&view.definition) {
                view.definition.clone_from(&existing.definition);
                view.stored.clone_from(&existing.stored);
            }
        }
        schema.views.insert(view.name.clone(), view);
    }
    if dialect.capabilities().enum_types {
        schema.enums.clone_from(&models.enums);
        schema.definitions.clone_from(&models.definitions);
    }
}

/// A `joinable!` makes a foreign key only where its table or column is new.
fn joinables(models: &Schema, database: &Schema, schema: &mut Schema, notices: &mut Vec<Notice>) {
    for joinable in &models.joinables {
        let Some(parent) = schema.tables.get(&joinable.parent).cloned() else { continue };
        let Some(child) = schema.tables.get_mut(&joinable.child) else { continue };
        let there = child.foreign_keys.iter().any(|key| {
            key.foreign_table == joinable.parent && key.columns == [joinable.column.clone()]
        });
        let Some(target) = parent.sole_key() else { continue };
        if there {
            continue;
        }
        let is_new = database
            .tables
            .get(&joinable.child)
            .is_none_or(|table| table.column(&joinable.column).is_none());
        if is_new {
            child.foreign_keys.push(ForeignKey {
                options: Default::default(),
                name: None,
                columns: vec![joinable.column.clone()],
                foreign_table: joinable.parent.clone(),
                foreign_columns: vec![target.to_owned()],
                on_delete: Default::default(),
                on_update: Default::default(),
                deferrable: Default::default(),
            });
        } else {
            notices.push(Notice::MissingForeignKey {
                table: joinable.child.clone(),
                clause: format!(
                    "foreign key ({}) references {} ({target});",
                    joinable.column, joinable.parent.name
                ),
            });
        }
    }
}

/// What no model names stays, unless its drop is asked for.
fn keep_unnamed(
    models: &Schema,
    database: &Schema,
    dialect: &dyn Dialect,
    drops: &Drops,
    schema: &mut Schema,
    notices: &mut Vec<Notice>,
) {
    let mut keep = |kind: &'static str, name: &QualifiedName| {
        let keep = !drops.holds(name);
        if keep {
            notices.push(Notice::Unnamed { kind, name: name.clone() });
        }
        keep
    };
    for existing in database.tables.values() {
        let named = find_table(schema, &existing.name, dialect).is_some()
            || find_table(models, &existing.name, dialect).is_some()
            || view_takes_its_place(models, &existing.name, dialect);
        if !named && keep("table", &existing.name) {
            schema.insert_table(existing.clone());
        }
    }
    for view in database.views.values() {
        let table = models.tables.get(&view.name);
        if table.is_some_and(|table| table.described) {
            continue;
        }
        let described = table.is_some();
        if !schema.views.contains_key(&view.name) && (described || keep("view", &view.name)) {
            schema.views.insert(view.name.clone(), view.clone());
        }
    }
    for existing in database.enums.values() {
        if !schema.enums.contains_key(&existing.name) && keep("type", &existing.name) {
            schema.enums.insert(existing.name.clone(), existing.clone());
        }
    }
    for existing in &database.definitions {
        let kind = match existing.is_type() {
            true => "type",
            false => "sequence",
        };
        if schema.definition(existing).is_none() && keep(kind, &existing.name) {
            schema.definitions.push(existing.clone());
        }
    }
    schema.definitions.sort_by(|a, b| (&a.name, a.kind()).cmp(&(&b.name, b.kind())));
}

/// `--drop` of something that is not there, or that a model names, is a mistake.
fn unknown_drops(drops: &Drops, models: &Schema, database: &Schema) -> Vec<Refusal> {
    let Drops::Named(names) = drops else { return Vec::new() };
    let known = |schema: &Schema, name: &str| {
        schema
            .tables
            .keys()
            .chain(schema.views.keys())
            .chain(schema.enums.keys())
            .chain(schema.definitions.iter().map(|definition| &definition.name))
            .any(|n| n.to_string() == name)
    };
    let mut refusals = Vec::new();
    for name in names {
        if known(models, name) {
            refusals.push(
                Refusal::new(format!("`--drop {name}`"), "a model names it")
                    .hint("remove the model, then run the command again"),
            );
        } else if !known(database, name) {
            refusals.push(Refusal::new(
                format!("`--drop {name}`"),
                "the database has no table, view, type or sequence of this name",
            ));
        }
    }
    refusals
}
