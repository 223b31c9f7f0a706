//! Stored values give way to computed ones.

use super::{Context, EVERYWHERE, Hazard, Probe, Rule, Severity};
use crate::diff::Operation;

pub(super) static RULE: Rule = Rule {
    name: "column-to-generated",
    severity: Severity::Loss,
    description: "A column becomes a generated one: its values give way to computed ones",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::AlterColumn { table, from, to, .. } = operation else { return Vec::new() };
    if from.generated.is_some() || to.generated.is_none() {
        return Vec::new();
    }
    let (live, column) = context.live(table, &from.name);
    let object = format!("column `{table}.{}`", from.name);
    let message = format!("replaces the values of {object} by generated ones");
    vec![Hazard::new(&RULE, object, message).probe(Probe::NonNull { table: live, column })]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, column, table};
    use super::*;
    use crate::model::{Column, Generated, GeneratedStorage};

    #[test]
    fn only_plain_values_are_lost() {
        let generated = |sql: &str| Column {
            generated: Some(Generated {
                expression: sql.to_owned(),
                storage: GeneratedStorage::Stored,
            }),
            ..column("total")
        };
        let schema = table("session", &["id", "total"]);
        let names = |from: Column, to: Column| {
            let table = schema.name.clone();
            let operation = Operation::AlterColumn { table, from, to, fill: None };
            let hazards = Case::new([schema.clone()], [schema.clone()]).check(&[operation]);
            hazards.into_iter().map(|hazard| hazard.name).collect::<Vec<_>>()
        };
        assert_eq!(names(column("total"), generated("id * 2")), ["column-to-generated"]);
        assert_eq!(names(generated("id"), generated("id * 2")), [""; 0]);
        assert_eq!(names(generated("id"), column("total")), [""; 0]);
    }
}
