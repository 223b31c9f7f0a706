//! Rows must refer to rows that are there.

use super::{Context, EVERYWHERE, Hazard, Probe, Rule, Severity};
use crate::backend::ident;
use crate::diff::Operation;

pub(super) static RULE: Rule = Rule {
    name: "add-foreign-key",
    severity: Severity::Precondition,
    description: "A foreign key comes: each row must refer to one that is there, or to none",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::AddForeignKey { table, foreign_key: key } = operation else {
        return Vec::new();
    };
    if key.options.not_valid {
        return Vec::new();
    }
    let uses = |column: &str| key.columns.iter().any(|used| used == column);
    let Some((source, row_key)) = context.source(table, uses) else { return Vec::new() };
    let object = format!("table `{table}`");
    let columns = key.columns.join(", ");
    let message = format!("`{table}` ({columns}) must refer to rows of `{}`", key.foreign_table);
    let probe = if context.creates_table(&key.foreign_table) {
        // A new table holds no row: whatever refers at all refers to nothing.
        let null = |column: &String| format!("{} IS NULL", ident::quote(context.backend, column));
        let nulls: Vec<_> = key.columns.iter().map(null).collect();
        Probe::Violations { source, expression: nulls.join(" OR "), key: row_key }
    } else {
        let foreign_table = context.live_table(&key.foreign_table);
        let Some(live) = context.from.table(&foreign_table) else { return Vec::new() };
        let names = key.foreign_columns.iter();
        let foreign_columns: Vec<_> =
            names.map(|column| context.live(&key.foreign_table, column).1).collect();
        if foreign_columns.iter().any(|column| live.column(column).is_none()) {
            return Vec::new();
        }
        let columns = key.columns.clone();
        Probe::Orphans { source, columns, foreign_table, foreign_columns }
    };
    vec![Hazard::new(&RULE, object, message).probe(probe)]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, table};
    use super::*;
    use crate::model::{Deferrable, ForeignKey, QualifiedName, ReferentialAction};

    fn add() -> Operation {
        Operation::AddForeignKey {
            table: QualifiedName::new("session"),
            foreign_key: ForeignKey {
                options: Default::default(),
                name: None,
                columns: vec!["org_id".to_owned()],
                foreign_table: QualifiedName::new("org"),
                foreign_columns: vec!["id".to_owned()],
                on_delete: ReferentialAction::NoAction,
                on_update: ReferentialAction::NoAction,
                deferrable: Deferrable::NotDeferrable,
            },
        }
    }

    #[test]
    fn orphans_are_looked_for_in_the_table_of_today() {
        let session = table("session", &["id", "org_id"]);
        let case =
            Case::new([session.clone(), table("team", &["id"])], [session, table("org", &["id"])]);
        let rename = Operation::RenameTable {
            from: QualifiedName::new("team"),
            to: QualifiedName::new("org"),
        };
        let hazards = case.check(&[rename, add()]);
        assert_eq!(hazards.len(), 1);
        assert_eq!(hazards[0].message, "`session` (org_id) must refer to rows of `org`");
        let Some(Probe::Orphans { foreign_table, .. }) = &hazards[0].probe else {
            panic!("{:?}", hazards[0].probe)
        };
        assert_eq!(*foreign_table, QualifiedName::new("team"));
    }

    #[test]
    fn a_new_table_has_no_row_to_refer_to() {
        let session = table("session", &["id", "org_id"]);
        let org = table("org", &["id"]);
        let case = Case::new([session.clone()], [session, org.clone()]);
        let hazards = case.check(&[Operation::CreateTable { table: org }, add()]);
        let Some(Probe::Violations { expression, key, .. }) = &hazards[0].probe else {
            panic!("{:?}", hazards[0].probe)
        };
        assert_eq!(expression, r#""org_id" IS NULL"#);
        assert_eq!(*key, ["id"]);
    }
}
