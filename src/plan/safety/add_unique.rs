//! Rows must become unique.

use super::context::uses_column;
use super::{Context, EVERYWHERE, Hazard, Probe, Rule, Severity};
use crate::diff::Operation;
use crate::model::{ConstraintOptions, IndexKey, IndexPart, QualifiedName, Table};

pub(super) static RULE: Rule = Rule {
    name: "add-unique",
    severity: Severity::Precondition,
    description: "A primary key, unique constraint or unique index comes: no two rows may share a \
                  key",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let key = |columns: &[String], options: &ConstraintOptions| {
        let part = |(at, column): (usize, &String)| IndexPart {
            collation: options.part(at).collation,
            ..IndexPart::column(column)
        };
        columns.iter().enumerate().map(part).collect()
    };
    let (table, parts, predicate): (_, Vec<_>, _) =
        if let Operation::AddUnique { table, unique } = operation {
            (table, key(&unique.columns, &unique.options), None)
        } else if let Operation::AlterPrimaryKey { table, to: Some(to), .. } = operation {
            (table, key(&to.columns, &to.options), None)
        } else if let Operation::CreateIndex { table, index } = operation
            && index.unique
        {
            (table, index.parts.clone(), index.predicate.clone())
        } else {
            return Vec::new();
        };
    let uses = |column: &str| uses_column(&parts, predicate.as_deref(), column);
    let Some((source, _)) = context.source(table, uses) else { return Vec::new() };
    let live = context.from.table(&source.table);
    if source.columns.is_empty() && live.is_some_and(|live| unique_already(live, &parts)) {
        return Vec::new();
    }
    let names: Vec<_> = parts.iter().map(name).collect();
    let names = names.join(", ");
    let message = match &predicate {
        Some(predicate) => {
            format!("rows of `{table}` become unique by ({names}) where `{predicate}`")
        }
        None => format!("rows of `{table}` become unique by ({names})"),
    };
    let hazard = Hazard::new(&RULE, object(table), message);
    vec![hazard.probe(Probe::Duplicates { source, parts, predicate })]
}

fn object(table: &QualifiedName) -> String {
    format!("table `{table}`")
}

fn name(part: &IndexPart) -> &str {
    match &part.key {
        IndexKey::Column(column) => column,
        IndexKey::Expression(sql) => sql,
    }
}

/// Whether a key of today is within the new one, so that its rows are unique as it is.
fn unique_already(live: &Table, parts: &[IndexPart]) -> bool {
    let keys = live.primary_key.iter().map(|key| &key.columns);
    let mut keys = keys.chain(live.uniques.iter().map(|unique| &unique.columns));
    keys.any(|key| key.iter().all(|column| parts.contains(&IndexPart::column(column))))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, column, table};
    use super::*;
    use crate::model::{Column, PrimaryKey, UniqueConstraint};

    fn add_unique(columns: &[&str]) -> Operation {
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        let unique = UniqueConstraint { options: Default::default(), name: None, columns };
        Operation::AddUnique { table: QualifiedName::new("session"), unique }
    }

    fn check(operations: &[Operation]) -> Vec<Hazard> {
        let schema = table("session", &["id", "plan", "email"]);
        Case::new([schema.clone()], [schema]).check(operations)
    }

    #[test]
    fn duplicates_are_counted_by_the_names_of_today() {
        let hazards = check(&[add_unique(&["email", "plan"])]);
        assert_eq!(hazards.len(), 1);
        assert_eq!(hazards[0].message, "rows of `session` become unique by (email, plan)");
        let Some(Probe::Duplicates { source, .. }) = &hazards[0].probe else {
            panic!("{:?}", hazards[0].probe)
        };
        assert_eq!(source.columns, [], "the columns of today will do");
    }

    #[test]
    fn a_key_around_the_primary_key_holds_anyway() {
        assert_eq!(check(&[add_unique(&["plan", "id"])]), []);
        let wider = PrimaryKey {
            options: Default::default(),
            name: None,
            columns: vec!["id".to_owned(), "plan".to_owned()],
        };
        let table = QualifiedName::new("session");
        assert_eq!(check(&[Operation::AlterPrimaryKey { table, from: None, to: Some(wider) }]), []);
    }

    #[test]
    fn a_new_column_is_seen_with_its_value() {
        let added = Column { default: Some("0".to_owned()), ..column("rank") };
        let table = QualifiedName::new("session");
        let add = Operation::AddColumn { table, column: added, fill: None };
        let hazards = check(&[add, add_unique(&["rank"])]);
        let Some(Probe::Duplicates { source, .. }) = &hazards[0].probe else {
            panic!("{:?}", hazards[0].probe)
        };
        let rank = source.columns.last().expect("the columns are listed");
        assert_eq!((rank.name.as_str(), rank.live.as_deref()), ("rank", None));
        assert_eq!(rank.value.as_deref(), Some("0"));
        assert_eq!(source.columns.len(), 4);
    }
}
