//! Texts are compared, or stored, in another way.

use super::{Context, EVERYWHERE, Hazard, Rule, Severity};
use crate::diff::{Operation, TableForm};

pub(super) static RULE: Rule = Rule {
    name: "collation-or-charset-change",
    severity: Severity::Loss,
    description: "A collation or character set changes, and with it what is equal and what sorts \
                  first",
    backends: EVERYWHERE,
    check,
};

/// The table options that are about text.
const OPTIONS: [&str; 5] =
    ["CHARSET", "CHARACTER SET", "COLLATE", "DEFAULT CHARSET", "DEFAULT COLLATE"];

fn check(_: &Context, operation: &Operation) -> Vec<Hazard> {
    if let Operation::AlterColumn { table, from, to, .. } = operation
        && from.collation != to.collation
    {
        let object = format!("column `{table}.{}`", from.name);
        return told(object, from.collation.as_deref(), to.collation.as_deref());
    }
    if let Operation::AlterTable { table, from, to } = operation {
        let hazards = OPTIONS.iter().filter_map(|option| {
            let value = |form: &TableForm| form.options.others.get(*option).cloned();
            let (old, new) = (value(from), value(to));
            (old != new).then(|| told(format!("table `{table}`"), old.as_deref(), new.as_deref()))
        });
        return hazards.flatten().collect();
    }
    Vec::new()
}

fn told(object: String, from: Option<&str>, to: Option<&str>) -> Vec<Hazard> {
    let name = |name: Option<&str>| name.map_or("the default".to_owned(), |n| format!("`{n}`"));
    let message = format!("changes the collation of {object} from {} to {}", name(from), name(to));
    vec![Hazard::new(&RULE, object, message)]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, column, table};
    use super::*;
    use crate::model::{Column, TableOptions};

    #[test]
    fn a_column_and_a_table() {
        let schema = table("session", &["id", "email"]);
        let case = Case::new([schema.clone()], [schema.clone()]);
        let to = Column { collation: Some("NOCASE".to_owned()), ..column("email") };
        let operation = Operation::AlterColumn {
            table: schema.name.clone(),
            from: column("email"),
            to,
            fill: None,
        };
        assert_eq!(
            case.check(&[operation])[0].message,
            "changes the collation of column `session.email` from the default to `NOCASE`"
        );
        let form = |charset: &str| TableForm {
            options: TableOptions {
                others: [("CHARSET".to_owned(), charset.to_owned())].into(),
                ..TableOptions::default()
            },
            comment: None,
        };
        let operation =
            Operation::AlterTable { table: schema.name, from: form("latin1"), to: form("utf8mb4") };
        assert_eq!(
            case.check(&[operation])[0].message,
            "changes the collation of table `session` from `latin1` to `utf8mb4`"
        );
    }
}
