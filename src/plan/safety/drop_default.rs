//! A column gets no value of its own any more.

use super::{Context, EVERYWHERE, Hazard, Rule, Severity, keep, shape};
use crate::diff::Operation;
use crate::model::{Backend, Identity};

pub(super) static RULE: Rule = Rule {
    name: "drop-default",
    severity: Severity::Loss,
    description: "A column loses its default, or the database stops assigning its values",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::AlterColumn { table, from, to, .. } = operation else { return Vec::new() };
    // SQLite's AUTOINCREMENT remembers the highest value that was ever assigned.
    let forgets = from.identity == Identity::ByDefault && to.identity == Identity::Rowid;
    if context.backend == Backend::Sqlite && forgets {
        let object = format!("column `{table}.{}`", from.name);
        let message = format!(
            "the database forgets which values of {object} it has assigned: those of rows that are \
             gone come again, after down.sql too"
        );
        return vec![Hazard::new(&RULE, object, message)];
    }
    if to.default.is_some() || to.generated.is_some() || shape::assigned(to) {
        return Vec::new();
    }
    let object = format!("column `{table}.{}`", from.name);
    if let Some(default) = &from.default {
        let message = format!("drops the default of {object}: `{default}`");
        let hint = keep::default(table, &from.name, default);
        return vec![Hazard::new(&RULE, object, message).hint(hint)];
    }
    if shape::assigned(from) {
        let message = format!("the database no longer assigns {object}");
        return vec![Hazard::new(&RULE, object, message)];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, column, table};
    use super::*;
    use crate::model::Column;

    fn told(from: Column, to: Column) -> Vec<String> {
        let schema = table("session", &["id", "plan"]);
        let operation = Operation::AlterColumn { table: schema.name.clone(), from, to, fill: None };
        let hazards = Case::new([schema.clone()], [schema]).check(&[operation]);
        hazards.into_iter().map(|hazard| format!("{}: {}", hazard.name, hazard.message)).collect()
    }

    fn default(sql: &str) -> Column {
        Column { default: Some(sql.to_owned()), ..column("plan") }
    }

    #[test]
    fn another_default_is_no_loss() {
        assert_eq!(
            told(default("'free'"), column("plan")),
            ["drop-default: drops the default of column `session.plan`: `'free'`"]
        );
        let none: [&str; 0] = [];
        assert_eq!(told(default("1"), default("2")), none);
        assert_eq!(told(column("plan"), default("2")), none);
        let identity = Column { identity: Identity::ByDefault, ..column("plan") };
        assert_eq!(told(default("nextval('s')"), identity.clone()), none);
        assert_eq!(
            told(identity, Column { identity: Identity::Unassigned, ..column("plan") }),
            ["drop-default: the database no longer assigns column `session.plan`"]
        );
    }
}
