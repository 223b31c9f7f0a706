//! A column's new type cannot hold all that the old one can.

use super::{Context, EVERYWHERE, Hazard, Probe, Rule, Severity, shape};
use crate::diff::Operation;

pub(super) static RULE: Rule = Rule {
    name: "lossy-type",
    severity: Severity::Loss,
    description: "A column's new type cannot hold every value of the old one; a wider type is no \
                  hazard",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::AlterColumn { table, from, to, .. } = operation else { return Vec::new() };
    if from.generated.is_some() || shape::widens(context, from, to) {
        return Vec::new();
    }
    let (live, column) = context.live(table, &from.name);
    let native = |column| shape::native(context, column).unwrap_or_else(|| "?".to_owned());
    let (old, new) = (native(from), native(to));
    let object = format!("column `{table}.{}`", from.name);
    let message =
        format!("changes {object} from {} to {}, which holds less", told(&old), told(&new));
    let probe = Probe::Unconvertible { table: live, column, from: old, to: new };
    vec![Hazard::new(&RULE, object, message).probe(probe)]
}

/// SQLite's columns need no type.
fn told(native: &str) -> String {
    if native.is_empty() { "no type".to_owned() } else { format!("`{native}`") }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, table, typed};
    use super::*;
    use crate::model::Backend;

    fn hazards(backend: Backend, from: &str, to: &str) -> Vec<String> {
        let schema = table("session", &["id", "cost"]);
        let operation = Operation::AlterColumn {
            table: schema.name.clone(),
            from: typed("cost", from),
            to: typed("cost", to),
            fill: None,
        };
        let case = Case::new([schema.clone()], [schema]).on(backend);
        case.check(&[operation]).into_iter().map(|hazard| hazard.message).collect()
    }

    #[test]
    fn only_a_narrower_type_is_told() {
        let none: [&str; 0] = [];
        assert_eq!(hazards(Backend::Postgres, "integer", "bigint"), none);
        assert_eq!(
            hazards(Backend::Postgres, "bigint", "integer"),
            ["changes column `session.cost` from `bigint` to `integer`, which holds less"]
        );
    }

    #[test]
    fn a_column_without_a_type_is_told_as_one() {
        assert_eq!(
            hazards(Backend::Sqlite, "", "TEXT"),
            ["changes column `session.cost` from no type to `TEXT`, which holds less"]
        );
    }

    #[test]
    fn sqlite_looks_at_the_affinity_alone() {
        let none: [&str; 0] = [];
        for (from, to) in [
            ("VARCHAR(40)", "VARCHAR(20)"),
            ("BIGINT", "SMALLINT"),
            ("INTEGER", "TEXT"),
            ("INTEGER", "BOOLEAN"),
            ("BOOLEAN", "INTEGER"),
            ("TEXT", "BLOB"),
        ] {
            assert_eq!(hazards(Backend::Sqlite, from, to), none, "{from} to {to}");
        }
        for (from, to) in [
            ("TEXT", "INTEGER"),
            ("REAL", "INTEGER"),
            ("REAL", "TEXT"),
            ("BLOB", "TEXT"),
            ("TEXT", "TIMESTAMP"),
            ("BIGINT", "DOUBLE"),
        ] {
            assert_eq!(hazards(Backend::Sqlite, from, to).len(), 1, "{from} to {to}");
        }
    }
}
