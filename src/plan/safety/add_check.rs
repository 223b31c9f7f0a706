//! Rows must satisfy a check.

use super::{Context, EVERYWHERE, Hazard, Probe, Rule, Severity};
use crate::diff::Operation;
use crate::diff::rename::text;

pub(super) static RULE: Rule = Rule {
    name: "add-check",
    severity: Severity::Precondition,
    description: "A check comes: no row may break it",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::AddCheck { table, check } = operation else { return Vec::new() };
    if check.options.not_valid {
        return Vec::new();
    }
    let uses = |column: &str| text::mentions(&check.expression, column);
    let Some((source, key)) = context.source(table, uses) else { return Vec::new() };
    let object = match &check.name {
        Some(name) => format!("check `{name}` of `{table}`"),
        None => format!("a check of `{table}`"),
    };
    let message = format!("rows of `{table}` must satisfy `{}`", check.expression);
    let expression = check.expression.clone();
    vec![Hazard::new(&RULE, object, message).probe(Probe::Violations { source, expression, key })]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, table};
    use super::*;
    use crate::model::{CheckConstraint, QualifiedName};

    #[test]
    fn renamed_columns_are_seen_under_their_new_names() {
        let name = QualifiedName::new("session");
        let case =
            Case::new([table("session", &["id", "plan"])], [table("session", &["id", "tier"])]);
        let check = CheckConstraint {
            options: Default::default(),
            name: None,
            expression: "tier <> ''".to_owned(),
        };
        let hazards = case.check(&[
            Operation::RenameColumn {
                table: name.clone(),
                from: "plan".to_owned(),
                to: "tier".to_owned(),
            },
            Operation::AddCheck { table: name, check },
        ]);
        assert_eq!(hazards.len(), 1);
        assert_eq!(hazards[0].message, "rows of `session` must satisfy `tier <> ''`");
        let Some(Probe::Violations { source, key, .. }) = &hazards[0].probe else {
            panic!("{:?}", hazards[0].probe)
        };
        let columns: Vec<_> =
            source.columns.iter().map(|c| (c.name.as_str(), c.live.as_deref())).collect();
        assert_eq!(columns, [("id", Some("id")), ("tier", Some("plan"))]);
        assert_eq!(*key, ["id"]);
    }
}
