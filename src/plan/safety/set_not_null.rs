//! A column becomes NOT NULL.

use super::{Context, EVERYWHERE, Hazard, Probe, Rule, Severity};
use crate::diff::Operation;

pub(super) static RULE: Rule = Rule {
    name: "set-not-null",
    severity: Severity::Precondition,
    description: "A column becomes NOT NULL: no row may hold NULL, or `--fill` says what replaces it",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::AlterColumn { table, from, to, fill: None } = operation else {
        return Vec::new();
    };
    if !from.nullable || to.nullable || to.generated.is_some() {
        return Vec::new();
    }
    let (live, column) = context.live(table, &from.name);
    let object = format!("column `{table}.{}`", to.name);
    let message = format!("{object} becomes NOT NULL");
    let hint = format!("say what replaces NULL: `--fill {table}.{}=<expr>`", to.name);
    let probe = Probe::Nulls { table: live, column, key: context.live_key(table) };
    vec![Hazard::new(&RULE, object, message).hint(Some(hint)).fill(table, &to.name).probe(probe)]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, column, table};
    use super::*;
    use crate::model::{Column, QualifiedName};

    fn check(from: Column, to: Column, fill: Option<&str>) -> Vec<Hazard> {
        let schema = table("session", &["id", "plan"]);
        let table = schema.name.clone();
        let fill = fill.map(str::to_owned);
        let operation = Operation::AlterColumn { table, from, to, fill };
        Case::new([schema.clone()], [schema]).check(&[operation])
    }

    #[test]
    fn nulls_are_counted_unless_they_are_filled() {
        let required = || Column { nullable: false, ..column("plan") };
        let hazards = check(column("plan"), required(), None);
        assert_eq!(hazards.len(), 1);
        assert_eq!(hazards[0].message, "column `session.plan` becomes NOT NULL");
        assert_eq!(
            hazards[0].hint.as_deref(),
            Some("say what replaces NULL: `--fill session.plan=<expr>`")
        );
        assert_eq!(
            hazards[0].probe,
            Some(Probe::Nulls {
                table: QualifiedName::new("session"),
                column: "plan".to_owned(),
                key: vec!["id".to_owned()]
            })
        );
        assert_eq!(check(column("plan"), required(), Some("'free'")), []);
        assert_eq!(check(required(), column("plan"), None), []);
    }
}
