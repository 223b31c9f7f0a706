//! A new column is NOT NULL and has nothing to give to the rows that are there.

use super::{Context, EVERYWHERE, Hazard, Probe, Rule, Severity, shape};
use crate::diff::Operation;

pub(super) static RULE: Rule = Rule {
    name: "add-not-null-column",
    severity: Severity::Precondition,
    description: "A new column is NOT NULL and has no default: the table must be empty, or `--fill` \
                  says what its rows receive",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::AddColumn { table, column, fill: None } = operation else { return Vec::new() };
    let given = column.default.is_some() || column.generated.is_some() || shape::assigned(column);
    if column.nullable || given || context.creates_table(table) {
        return Vec::new();
    }
    let object = format!("column `{table}.{}`", column.name);
    let message = format!("adds {object}, which is NOT NULL and has no default");
    let hint = format!("say what the rows receive: `--fill {table}.{}=<expr>`", column.name);
    let probe = Probe::Rows { table: context.live_table(table) };
    vec![
        Hazard::new(&RULE, object, message).hint(Some(hint)).fill(table, &column.name).probe(probe),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, column, table};
    use super::*;
    use crate::model::{Column, Identity};

    fn count(column: Column, fill: Option<&str>) -> usize {
        let schema = table("session", &["id"]);
        let table = schema.name.clone();
        let operation = Operation::AddColumn { table, column, fill: fill.map(str::to_owned) };
        Case::new([schema.clone()], [schema]).check(&[operation]).len()
    }

    #[test]
    fn a_column_that_gets_a_value_is_none() {
        let required = || Column { nullable: false, ..column("plan") };
        assert_eq!(count(required(), None), 1);
        assert_eq!(count(required(), Some("'free'")), 0);
        assert_eq!(count(column("plan"), None), 0);
        assert_eq!(count(Column { default: Some("1".to_owned()), ..required() }, None), 0);
        assert_eq!(count(Column { identity: Identity::Serial, ..required() }, None), 0);
        assert_eq!(count(Column { identity: Identity::Unassigned, ..required() }, None), 1);
    }
}
