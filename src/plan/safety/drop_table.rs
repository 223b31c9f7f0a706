//! A table goes, with its rows.

use super::{Context, EVERYWHERE, Hazard, Probe, Rule, Severity};
use crate::diff::Operation;

pub(super) static RULE: Rule = Rule {
    name: "drop-table",
    severity: Severity::Loss,
    description: "A table goes, with its rows, columns, indexes and constraints",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::DropTable { table } = operation else { return Vec::new() };
    let name = &table.name;
    let message = format!("drops table `{name}`{}", context.with_triggers(name));
    let hazard = Hazard::new(&RULE, format!("table `{name}`"), message);
    vec![hazard.probe(Probe::Rows { table: context.live_table(name) })]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, table};
    use super::*;
    use crate::model::{Index, IndexPart, QualifiedName};

    #[test]
    fn what_stands_on_the_table_is_not_told_singly() {
        let session = table("session", &["id", "plan"]);
        let index = Index {
            options: Default::default(),
            name: Some("session_plan".to_owned()),
            unique: false,
            parts: vec![IndexPart::column("plan")],
            predicate: None,
            method: None,
            include: Vec::new(),
            stored: None,
        };
        let hazards = Case::new([session.clone()], []).check(&[
            Operation::DropIndex { table: session.name.clone(), index },
            Operation::DropTable { table: session },
        ]);
        assert_eq!(hazards.len(), 1);
        assert_eq!(hazards[0].name, "drop-table");
        assert_eq!(hazards[0].message, "drops table `session`");
        assert_eq!(hazards[0].probe, Some(Probe::Rows { table: QualifiedName::new("session") }));
    }
}
