//! A column that is computed in another way, or from now on. Before 17 PostgreSQL changes no
//! expression, and in no version does a column become computed: it is made anew, and so is what
//! stands on it.

use super::{
    BACKEND, alter as alter_table, column, create_index, drop_constraint, drop_index, limits, part,
};
use crate::backend::ident::quote;
use crate::backend::postgres::normalize::mentions;
use crate::backend::{Refusal, Statement, standard};
use crate::model::{Column, Index, IndexKey, QualifiedName, Schema, Table};

pub(super) fn regenerate(
    table: &QualifiedName,
    from: &Column,
    to: &Column,
    schema: &Schema,
    after_plan: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    let around = around(table, &[(from, to)], schema, after_plan)?;
    Ok([around.before, around.after].concat())
}

/// The columns go and come back, with all that stands on them.
pub(super) fn around<'a>(
    table: &QualifiedName,
    columns: &[(&Column, &Column)],
    schema: &'a Schema,
    after_plan: &'a Schema,
) -> Result<Around<'a>, Refusal> {
    let mut around = Around::new(schema, after_plan);
    let mut again = Vec::new();
    for (old, _) in columns {
        limits::may_be_made_anew(table, &old.name, schema)?;
    }
    if let (Some(old), Some(new)) = (schema.tables.get(table), after_plan.tables.get(table)) {
        let names: Vec<&str> = columns.iter().map(|(column, _)| column.name.as_str()).collect();
        around.indexes(old, new, &names)?;
        around.constraints(old, new, &names)?;
    }
    for (old, new) in columns {
        let name = format!("{table}.{}", old.name);
        let why = match old.generated == new.generated {
            true => format!("`{name}` is computed from what changes: it is made anew."),
            false => format!("`{name}` is computed in another way: it is made anew."),
        };
        let drop = format!("DROP COLUMN {}", quote(BACKEND, &old.name));
        around.before.push(Statement::new(why, alter_table(table, &drop)));
        again.extend(column::add(table, new, None, after_plan)?);
        again.extend(part::of_column(table, &old.name, schema, after_plan));
    }
    around.after.splice(0..0, again);
    Ok(around)
}

/// What goes before the column, and comes back after it. What the plan itself drops or adds is
/// none of it: that is on one side only.
pub(super) struct Around<'a> {
    pub(super) before: Vec<Statement>,
    pub(super) after: Vec<Statement>,
    from: &'a Schema,
    to: &'a Schema,
}

impl<'a> Around<'a> {
    pub(super) fn new(from: &'a Schema, to: &'a Schema) -> Self {
        Self { before: Vec::new(), after: Vec::new(), from, to }
    }

    /// What says an expression about one of the columns, and, where asked for, the foreign keys on
    /// them.
    pub(super) fn expressions(
        &mut self,
        old: &Table,
        new: &Table,
        columns: &[&str],
        with_references: bool,
    ) -> Result<(), Refusal> {
        let says = |sql: &str| columns.iter().any(|column| mentions(sql, column));
        let text = |part: &crate::model::IndexPart| match &part.key {
            IndexKey::Column(_) => false,
            IndexKey::Expression(sql) => says(sql),
        };
        for index in &old.indexes {
            let on_them =
                index.predicate.as_deref().is_some_and(says) || index.parts.iter().any(text);
            if on_them && stays(index, new) {
                self.index_again(old, index)?;
            }
        }
        let mut both = Vec::new();
        for check in old.checks.iter().filter(|check| says(&check.expression)) {
            if new.checks.contains(check) {
                both.push((check.name.as_deref(), standard::check(BACKEND, check)));
            }
        }
        for exclusion in old.exclusions.iter().filter(|it| says(&it.definition)) {
            if new.exclusions.contains(exclusion) {
                both.push((exclusion.name.as_deref(), standard::exclusion(BACKEND, exclusion)));
            }
        }
        let on_them = |names: &[String]| names.iter().any(|name| columns.contains(&name.as_str()));
        for key in old.foreign_keys.iter().filter(|key| with_references && on_them(&key.columns)) {
            if new.foreign_keys.contains(key) {
                both.push((key.name.as_deref(), standard::foreign_key(BACKEND, key)));
            }
        }
        self.again(old, both)
    }

    /// The same about a column whose type changes: PostgreSQL writes an expression anew from the text
    /// with the old type's casts, so that it never gets its first text back.
    pub(super) fn spelt(&mut self, table: &QualifiedName, column: &str) -> Result<(), Refusal> {
        let (from, to) = (self.from, self.to);
        match (from.tables.get(table), to.tables.get(table)) {
            (Some(old), Some(new)) => self.expressions(old, new, &[column], false),
            _ => Ok(()),
        }
    }

    fn again(&mut self, table: &Table, both: Vec<(Option<&str>, String)>) -> Result<(), Refusal> {
        for (name, definition) in both {
            if self.has_dropped(&drop_constraint(&table.name, name)?) {
                continue;
            }
            self.before.extend(drop_constraint(&table.name, name)?);
            self.after.push(Statement::new(
                format!("The constraint `{}` again.", name.unwrap_or_default()),
                alter_table(&table.name, &format!("ADD {definition}")),
            ));
            self.after.extend(part::extras(&table.name, name, self.from, self.to));
        }
        Ok(())
    }

    /// It may stand on several of the columns.
    fn has_dropped(&self, drops: &[Statement]) -> bool {
        drops.iter().any(|drop| self.before.iter().any(|before| before.sql == drop.sql))
    }

    fn index_again(&mut self, table: &Table, index: &Index) -> Result<(), Refusal> {
        if self.has_dropped(&drop_index(&table.name, index)?) {
            return Ok(());
        }
        self.before.extend(drop_index(&table.name, index)?);
        self.after.push(create_index(&table.name, index));
        let extras = part::extras(&table.name, index.name.as_deref(), self.from, self.to);
        self.after.extend(extras);
        Ok(())
    }

    fn indexes(&mut self, old: &Table, new: &Table, columns: &[&str]) -> Result<(), Refusal> {
        for index in old.indexes.iter().filter(|it| columns.iter().any(|c| stands_on(it, c))) {
            if stays(index, new) {
                self.index_again(old, index)?;
            }
        }
        Ok(())
    }

    fn constraints(&mut self, old: &Table, new: &Table, columns: &[&str]) -> Result<(), Refusal> {
        let uses = |names: &[String]| names.iter().any(|name| columns.contains(&name.as_str()));
        let says = |sql: &str| columns.iter().any(|column| mentions(sql, column));
        let keys = old.primary_key.iter().map(|key| &key.columns);
        for key in keys.chain(old.uniques.iter().map(|unique| &unique.columns)) {
            if uses(key) {
                limits::nothing_refers_to(&old.name, key, self.from, self.to)?;
            }
        }
        let mut both = Vec::new();
        for key in
            old.primary_key.iter().filter(|it| uses(&it.columns) || uses(&it.options.include))
        {
            if new.primary_key.as_ref() == Some(key) {
                both.push((key.name.as_deref(), standard::primary_key(BACKEND, key)));
            }
        }
        for unique in old.uniques.iter().filter(|it| uses(&it.columns) || uses(&it.options.include))
        {
            if new.uniques.contains(unique) {
                both.push((unique.name.as_deref(), standard::unique(BACKEND, unique)));
            }
        }
        for check in old.checks.iter().filter(|check| says(&check.expression)) {
            if new.checks.contains(check) {
                both.push((check.name.as_deref(), standard::check(BACKEND, check)));
            }
        }
        for exclusion in old.exclusions.iter().filter(|it| says(&it.definition)) {
            if new.exclusions.contains(exclusion) {
                both.push((exclusion.name.as_deref(), standard::exclusion(BACKEND, exclusion)));
            }
        }
        for key in old.foreign_keys.iter().filter(|key| uses(&key.columns)) {
            if new.foreign_keys.contains(key) {
                both.push((key.name.as_deref(), standard::foreign_key(BACKEND, key)));
            }
        }
        self.again(old, both)
    }
}

/// Whether the table has the index after the plan, too.
fn stays(index: &Index, table: &Table) -> bool {
    let bare = |index: &Index| Index { stored: None, ..index.clone() };
    table.indexes.iter().any(|other| bare(other) == bare(index))
}

fn stands_on(index: &Index, column: &str) -> bool {
    index.include.iter().any(|name| name == column)
        || index.predicate.as_deref().is_some_and(|sql| mentions(sql, column))
        || index.parts.iter().any(|part| match &part.key {
            IndexKey::Column(name) => name == column,
            IndexKey::Expression(sql) => mentions(sql, column),
        })
}
