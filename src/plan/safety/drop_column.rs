//! A column goes, with its values.

use super::{Context, EVERYWHERE, Hazard, Probe, Rule, Severity};
use crate::diff::Operation;

pub(super) static RULE: Rule = Rule {
    name: "drop-column",
    severity: Severity::Loss,
    description: "A column goes, with its values",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::DropColumn { table, column } = operation else { return Vec::new() };
    if context.drops_table(table) {
        return Vec::new();
    }
    let (live, live_column) = context.live(table, &column.name);
    let object = format!("column `{table}.{}`", column.name);
    let message = format!("drops {object}");
    let probe = Probe::NonNull { table: live, column: live_column };
    vec![Hazard::new(&RULE, object, message).probe(probe)]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, column, table};
    use super::*;
    use crate::model::QualifiedName;

    #[test]
    fn the_probe_asks_for_the_names_of_today() {
        let hazards = Case::new([table("session", &["id", "plan"])], [table("visit", &["id"])])
            .check(&[
                Operation::RenameTable {
                    from: QualifiedName::new("session"),
                    to: QualifiedName::new("visit"),
                },
                Operation::RenameColumn {
                    table: QualifiedName::new("visit"),
                    from: "plan".to_owned(),
                    to: "tier".to_owned(),
                },
                Operation::DropColumn {
                    table: QualifiedName::new("visit"),
                    column: column("tier"),
                },
            ]);
        assert_eq!(hazards.len(), 1);
        assert_eq!(hazards[0].message, "drops column `visit.tier`");
        assert_eq!(
            hazards[0].probe,
            Some(Probe::NonNull {
                table: QualifiedName::new("session"),
                column: "plan".to_owned()
            })
        );
    }
}
