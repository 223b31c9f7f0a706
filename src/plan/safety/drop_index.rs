//! An index goes. One that is replaced is no loss.

use super::{Context, EVERYWHERE, Hazard, Rule, Severity, keep};
use crate::diff::Operation;
use crate::diff::rename::text;
use crate::model::{Backend, Index, IndexKey, IndexPart, QualifiedName, UniqueConstraint, View};

pub(super) static RULE: Rule = Rule {
    name: "drop-index",
    severity: Severity::Loss,
    description: "An index goes; one that another replaces, by its name or its leading columns, \
                  is no loss",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    match operation {
        Operation::DropIndex { table, index } => told(context, table, index),
        Operation::DropView { view } => of_changed_view(context, view),
        _ => Vec::new(),
    }
}

/// A materialised view that is made anew comes back without an index.
fn of_changed_view(context: &Context, old: &View) -> Vec<Hazard> {
    let new = context.operations.iter().find_map(|operation| match operation {
        Operation::CreateView { view } if view.name == old.name => Some(view),
        _ => None,
    });
    let Some(new) = new else { return Vec::new() };
    let comes_back = |old: &Index| {
        new.indexes.iter().any(|index| {
            let (table, index) = (new.name.clone(), index.clone());
            replaces(&Operation::CreateIndex { table, index }, old)
        })
    };
    let gone = old.indexes.iter().filter(|index| !comes_back(index));
    gone.flat_map(|index| told(context, &old.name, index)).collect()
}

fn told(context: &Context, table: &QualifiedName, index: &Index) -> Vec<Hazard> {
    if context.drops_table(table)
        || stands_on_dropped(context, table, index)
        || served_a_reference(context, table, index)
        || context.on_table(table).iter().any(|new| replaces(new, index))
    {
        return Vec::new();
    }
    let object = match &index.name {
        Some(name) => format!("index `{name}`"),
        None => format!("an index of `{table}`"),
    };
    let unique = if index.unique { ", which keeps rows unique" } else { "" };
    let message = format!("drops {object}{unique}");
    vec![Hazard::new(&RULE, object, message).hint(keep::index(context.from, table, index))]
}

/// MySQL: an index by the name of a foreign key, on its columns, came with it and goes with it, or
/// with an index that serves it better.
fn served_a_reference(context: &Context, table: &QualifiedName, index: &Index) -> bool {
    let keys = context.from.table(table).map(|table| table.foreign_keys.as_slice());
    context.backend == Backend::Mysql
        && keys
            .unwrap_or_default()
            .iter()
            .any(|key| key.name == index.name && same_columns(&index.parts, &key.columns))
}

/// Whether every key of the index is a column that goes as well.
fn stands_on_dropped(context: &Context, table: &QualifiedName, index: &Index) -> bool {
    let goes = |part: &IndexPart| {
        match &part.key {
        IndexKey::Column(column) => context.drops_column(table, column),
        IndexKey::Expression(sql) => context.on_table(table).iter().any(
            |o| matches!(o, Operation::DropColumn { column, .. } if text::mentions(sql, &column.name)),
        ),
    }
    };
    index.parts.iter().all(goes)
}

/// Whether a new index, or the index behind a new constraint, does what the old one did.
fn replaces(operation: &Operation, old: &Index) -> bool {
    let named = |name: &Option<String>| name.is_some() && *name == old.name;
    if let Operation::CreateIndex { index: new, .. } = operation {
        let same_rows = new.predicate == old.predicate && new.method == old.method;
        let covers = if old.unique {
            new.unique && new.parts == old.parts
        } else {
            new.parts.starts_with(&old.parts)
        };
        // Under the name of a unique one, too, one that lets any row in replaces nothing.
        (named(&new.name) && new.unique >= old.unique) || same_rows && covers
    } else if let Operation::AddUnique { unique: UniqueConstraint { name, columns, .. }, .. } =
        operation
    {
        named(name) || old.predicate.is_none() && same_columns(&old.parts, columns)
    } else {
        false
    }
}

fn same_columns(parts: &[IndexPart], columns: &[String]) -> bool {
    parts.len() == columns.len()
        && parts.iter().zip(columns).all(|(part, column)| *part == IndexPart::column(column))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, column, table};
    use super::*;

    fn index(name: &str, columns: &[&str], unique: bool) -> Index {
        Index {
            options: Default::default(),
            name: Some(name.to_owned()),
            unique,
            parts: columns.iter().map(|column| IndexPart::column(*column)).collect(),
            predicate: None,
            method: None,
            include: Vec::new(),
            stored: None,
        }
    }

    fn names(operations: &[Operation]) -> Vec<String> {
        let schema = table("session", &["id", "plan", "email"]);
        let hazards = Case::new([schema.clone()], [schema]).check(operations);
        hazards
            .into_iter()
            .filter(|hazard| hazard.severity == Severity::Loss)
            .map(|hazard| format!("{}: {}", hazard.name, hazard.message))
            .collect()
    }

    fn drop(index: Index) -> Operation {
        Operation::DropIndex { table: QualifiedName::new("session"), index }
    }

    fn create(index: Index) -> Operation {
        Operation::CreateIndex { table: QualifiedName::new("session"), index }
    }

    #[test]
    fn a_dropped_index_is_a_loss_unless_replaced() {
        let plan = || drop(index("by_plan", &["plan"], false));
        assert_eq!(names(&[plan()]), ["drop-index: drops index `by_plan`"]);
        assert_eq!(names(&[plan(), create(index("other", &["email"], false))]).len(), 1);
        let none: [&str; 0] = [];
        assert_eq!(names(&[plan(), create(index("by_plan", &["email"], false))]), none);
        assert_eq!(names(&[plan(), create(index("renamed", &["plan"], false))]), none);
        assert_eq!(names(&[plan(), create(index("wider", &["plan", "id"], false))]), none);
        assert_eq!(names(&[plan(), create(index("other", &["id", "plan"], false))]).len(), 1);
    }

    #[test]
    fn a_changed_view_comes_back_with_its_indexes() {
        let view = |definition: &str, indexes: &[Index]| View {
            materialized: true,
            indexes: indexes.to_vec(),
            ..View::new("session", definition)
        };
        let (plan, email) = (index("plan", &["plan"], false), index("email", &["email"], true));
        let drop = Operation::DropView { view: view("SELECT 1", &[plan.clone(), email.clone()]) };
        let change = |indexes: &[Index]| {
            names(&[drop.clone(), Operation::CreateView { view: view("SELECT 2", indexes) }])
        };
        let none: [&str; 0] = [];
        assert_eq!(change(&[plan.clone(), email]), none);
        let told = change(&[plan]);
        assert_eq!(told, ["drop-index: drops index `email`, which keeps rows unique"]);
    }

    #[test]
    fn a_unique_index_is_replaced_by_none_that_lets_more_rows_in() {
        let email = || drop(index("by_email", &["email"], true));
        assert_eq!(names(&[email(), create(index("wider", &["email", "id"], true))]).len(), 1);
        assert_eq!(names(&[email(), create(index("plain", &["email"], false))]).len(), 1);
        assert_eq!(names(&[email(), create(index("by_email", &["email"], false))]).len(), 1);
        let unique = UniqueConstraint {
            options: Default::default(),
            name: None,
            columns: vec!["email".to_owned()],
        };
        let unique = Operation::AddUnique { table: QualifiedName::new("session"), unique };
        let none: [&str; 0] = [];
        assert_eq!(names(&[email(), unique]), none);
    }

    #[test]
    fn an_index_goes_with_its_column_without_saying() {
        let table = QualifiedName::new("session");
        let plan = Operation::DropColumn { table, column: column("plan") };
        let told = names(&[drop(index("by_plan", &["plan"], false)), plan.clone()]);
        assert_eq!(told, ["drop-column: drops column `session.plan`"]);
        let told = names(&[drop(index("both", &["plan", "email"], false)), plan]);
        assert_eq!(told.len(), 2, "{told:?}");
    }
}
