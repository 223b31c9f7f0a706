//! A primary key, unique, check or foreign key goes. One that is replaced is no loss.

use super::{Context, EVERYWHERE, Hazard, Rule, Severity, keep};
use crate::diff::Operation;
use crate::diff::rename::text;
use crate::model::{CheckConstraint, ForeignKey, IndexPart, QualifiedName, UniqueConstraint};

pub(super) static RULE: Rule = Rule {
    name: "drop-constraint",
    severity: Severity::Loss,
    description: "A primary key, unique constraint, check or foreign key goes; one that another \
                  replaces, by its name or its columns, is no loss",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Some(table) = operation.table().filter(|table| !context.drops_table(table)) else {
        return Vec::new();
    };
    if let Operation::AlterPrimaryKey { from: Some(old), to: None, .. } = operation {
        if context.drops_columns(table, &old.columns) {
            return Vec::new();
        }
        let object = format!("the primary key of `{table}`");
        return told(object, &format!(" ({})", old.columns.join(", ")), None);
    }
    if let Operation::DropUnique { unique, .. } = operation {
        return dropped_unique(context, table, unique);
    }
    if let Operation::DropCheck { check, .. } = operation {
        return dropped_check(context, table, check);
    }
    if let Operation::DropExclusion { exclusion, .. } = operation {
        let replaced = context.on_table(table).iter().any(|operation| {
            matches!(operation, Operation::AddExclusion { exclusion: new, .. }
                if new.name == exclusion.name || new.definition == exclusion.definition)
        });
        let columns = columns_of(context, table, &exclusion.definition);
        if replaced || columns.iter().any(|column| context.drops_column(table, column)) {
            return Vec::new();
        }
        let object = object("exclusion constraint", exclusion.name.as_ref(), table);
        return told(object, &format!(": `{}`", exclusion.definition), None);
    }
    if let Operation::DropForeignKey { foreign_key, .. } = operation {
        return dropped_foreign_key(context, table, foreign_key);
    }
    Vec::new()
}

fn told(object: String, detail: &str, hint: Option<String>) -> Vec<Hazard> {
    let message = format!("drops {object}{detail}");
    vec![Hazard::new(&RULE, object, message).hint(hint)]
}

fn object(kind: &str, name: Option<&String>, table: &QualifiedName) -> String {
    match name {
        Some(name) => format!("{kind} `{name}` of `{table}`"),
        None => format!("a {kind} of `{table}`"),
    }
}

fn dropped_unique(context: &Context, table: &QualifiedName, old: &UniqueConstraint) -> Vec<Hazard> {
    let same = |columns: &[String]| sorted(columns) == sorted(&old.columns);
    let named = |name: &Option<String>| name.is_some() && *name == old.name;
    let replaced = context.on_table(table).iter().any(|operation| {
        if let Operation::AddUnique { unique: new, .. } = operation {
            named(&new.name) || same(&new.columns)
        } else if let Operation::AlterPrimaryKey { to: Some(key), .. } = operation {
            same(&key.columns)
        } else if let Operation::CreateIndex { index, .. } = operation {
            let mut columns = old.columns.iter().map(IndexPart::column);
            let all = columns.len() == index.parts.len();
            let same = all && columns.all(|part| index.parts.contains(&part));
            index.unique && index.predicate.is_none() && (named(&index.name) || same)
        } else {
            false
        }
    });
    if replaced || context.drops_columns(table, &old.columns) {
        return Vec::new();
    }
    let object = object("unique constraint", old.name.as_ref(), table);
    told(object, &format!(" ({})", old.columns.join(", ")), keep::unique(table, old))
}

fn dropped_check(context: &Context, table: &QualifiedName, old: &CheckConstraint) -> Vec<Hazard> {
    let columns = columns_of(context, table, &old.expression);
    if context.drops_columns(table, &columns) {
        return Vec::new();
    }
    // Without a name, a check is replaced by one over the same columns, one by one: of two that go
    // where one comes, the second is lost.
    let alike = |check: &CheckConstraint| match (&old.name, &check.name) {
        (Some(old), Some(new)) => old == new,
        (None | Some(_), _) => columns_of(context, table, &check.expression) == columns,
    };
    let operations = context.on_table(table);
    let added = operations.iter().filter(
        |o| matches!(o, Operation::AddCheck { check, .. } if check.expression == old.expression || alike(check)),
    );
    let earlier = operations.iter().filter_map(|operation| match operation {
        Operation::DropCheck { check, .. } => Some(check),
        _ => None,
    });
    let earlier = earlier.take_while(|check| !std::ptr::eq(*check, old));
    if added.count() > earlier.filter(|check| alike(check)).count() {
        return Vec::new();
    }
    let object = object("check", old.name.as_ref(), table);
    told(object, &format!(": `{}`", old.expression), keep::check(table, old))
}

/// The columns that an expression uses, before or after the plan.
fn columns_of(context: &Context, table: &QualifiedName, sql: &str) -> Vec<String> {
    let old = context.from.table(&context.live_table(table));
    let new = context.to.table(table);
    let columns = old.into_iter().chain(new).flat_map(|table| &table.columns);
    let mut used: Vec<_> = columns
        .filter(|column| text::mentions(sql, &column.name))
        .map(|column| column.name.clone())
        .collect();
    used.sort();
    used.dedup();
    used
}

fn dropped_foreign_key(context: &Context, table: &QualifiedName, old: &ForeignKey) -> Vec<Hazard> {
    let replaced = context.on_table(table).iter().any(|operation| {
        matches!(operation, Operation::AddForeignKey { foreign_key: new, .. }
            if new.name.is_some() && new.name == old.name
                || sorted(&new.columns) == sorted(&old.columns))
    });
    if replaced
        || context.drops_table(&old.foreign_table)
        || context.drops_columns(table, &old.columns)
    {
        return Vec::new();
    }
    let object = object("foreign key", old.name.as_ref(), table);
    let detail = format!(" ({}) to `{}`", old.columns.join(", "), old.foreign_table);
    told(object, &detail, keep::foreign_key(table, old))
}

fn sorted(columns: &[String]) -> Vec<&String> {
    let mut columns: Vec<_> = columns.iter().collect();
    columns.sort();
    columns
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, column, table};
    use super::*;
    use crate::model::{PrimaryKey, ReferentialAction};

    fn told(operations: &[Operation]) -> Vec<String> {
        let schema = table("session", &["id", "plan", "cost", "org_id"]);
        let hazards = Case::new([schema.clone()], [schema]).check(operations);
        hazards
            .into_iter()
            .filter(|hazard| hazard.name == "drop-constraint")
            .map(|hazard| hazard.message)
            .collect()
    }

    fn name() -> QualifiedName {
        QualifiedName::new("session")
    }

    fn check(name: Option<&str>, expression: &str) -> CheckConstraint {
        CheckConstraint {
            options: Default::default(),
            name: name.map(str::to_owned),
            expression: expression.to_owned(),
        }
    }

    fn drop_check(old: CheckConstraint) -> Operation {
        Operation::DropCheck { table: name(), check: old }
    }

    fn add_check(new: CheckConstraint) -> Operation {
        Operation::AddCheck { table: name(), check: new }
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn a_check_is_replaced_by_its_name_or_its_columns() {
        let cost = || drop_check(check(Some("cost_known"), "cost > 0"));
        assert_eq!(told(&[cost()]), ["drops check `cost_known` of `session`: `cost > 0`"]);
        let wider = add_check(check(Some("cost_known"), "cost >= 0"));
        assert_eq!(told(&[cost(), wider]), NONE);
        let other = add_check(check(Some("plan_known"), "plan > 0"));
        assert_eq!(told(&[cost(), other]).len(), 1);
        let other_name = add_check(check(Some("cost_sane"), "cost < 10"));
        assert_eq!(told(&[cost(), other_name]).len(), 1, "two names are two checks");
    }

    #[test]
    fn checks_without_a_name_are_replaced_one_by_one() {
        let low = drop_check(check(None, "cost > 0"));
        let high = drop_check(check(None, "cost < 10"));
        let new = add_check(check(None, "cost > 1"));
        assert_eq!(told(&[low.clone(), new.clone()]), NONE);
        assert_eq!(
            told(&[low.clone(), high.clone(), new.clone()]),
            ["drops a check of `session`: `cost < 10`"]
        );
        assert_eq!(told(&[low, high, new.clone(), new]), NONE);
    }

    #[test]
    fn a_unique_gives_way_to_an_index_or_a_key_over_the_same_columns() {
        let columns = vec!["plan".to_owned(), "cost".to_owned()];
        let unique =
            UniqueConstraint { options: Default::default(), name: None, columns: columns.clone() };
        let drop = Operation::DropUnique { table: name(), unique };
        assert_eq!(
            told(std::slice::from_ref(&drop)),
            ["drops a unique constraint of `session` (plan, cost)"]
        );
        let key = PrimaryKey {
            options: Default::default(),
            name: None,
            columns: vec!["cost".to_owned(), "plan".to_owned()],
        };
        let key = Operation::AlterPrimaryKey { table: name(), from: None, to: Some(key) };
        assert_eq!(told(&[drop.clone(), key]), NONE);
        let less = UniqueConstraint {
            options: Default::default(),
            name: None,
            columns: vec!["plan".to_owned()],
        };
        let less = Operation::AddUnique { table: name(), unique: less };
        assert_eq!(told(&[drop, less]).len(), 1);
    }

    #[test]
    fn a_foreign_key_goes_with_its_table_or_its_column() {
        let key = ForeignKey {
            options: Default::default(),
            name: Some("session_org".to_owned()),
            columns: vec!["org_id".to_owned()],
            foreign_table: QualifiedName::new("org"),
            foreign_columns: vec!["id".to_owned()],
            on_delete: ReferentialAction::Cascade,
            on_update: ReferentialAction::NoAction,
            deferrable: crate::model::Deferrable::NotDeferrable,
        };
        let drop = Operation::DropForeignKey { table: name(), foreign_key: key.clone() };
        assert_eq!(
            told(std::slice::from_ref(&drop)),
            ["drops foreign key `session_org` of `session` (org_id) to `org`"]
        );
        let org = Operation::DropTable { table: table("org", &["id"]) };
        assert_eq!(told(&[drop.clone(), org]), NONE);
        let gone = Operation::DropColumn { table: name(), column: column("org_id") };
        assert_eq!(told(&[drop.clone(), gone]), NONE);
        let retargeted = ForeignKey { foreign_table: QualifiedName::new("team"), ..key };
        let add = Operation::AddForeignKey { table: name(), foreign_key: retargeted };
        assert_eq!(told(&[drop, add]), NONE);
    }

    #[test]
    fn a_primary_key_is_lost_only_when_none_comes() {
        let key = |column: &str| {
            Some(PrimaryKey {
                options: Default::default(),
                name: None,
                columns: vec![column.to_owned()],
            })
        };
        let alter = |from, to| Operation::AlterPrimaryKey { table: name(), from, to };
        assert_eq!(told(&[alter(key("id"), None)]), ["drops the primary key of `session` (id)"]);
        assert_eq!(told(&[alter(key("id"), key("plan"))]), NONE);
        assert_eq!(told(&[alter(None, key("plan"))]), NONE);
    }
}
