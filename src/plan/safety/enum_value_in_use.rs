//! An enumerated type loses a label that rows hold: nobody can tell what they should hold instead.

use super::enum_value_removal::{columns_of, probe, removed};
use super::{Context, Hazard, Rule, Severity};
use crate::backend::ident;
use crate::diff::Operation;
use crate::model::Backend;

pub(super) static RULE: Rule = Rule {
    name: "enum-value-in-use",
    severity: Severity::Precondition,
    description: "An enumerated type loses a value that rows hold",
    backends: &[Backend::Postgres],
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::AlterEnum { from, to } = operation else { return Vec::new() };
    let Some(literals) = removed(context, from, to) else { return Vec::new() };
    let object = format!("type `{}`", from.name);
    columns_of(context, from)
        .map(|(table, column, array)| {
            let place = format!("{table}.{}", column.name);
            let message =
                format!("{object} loses {literals}, and column `{place}` must hold none of it");
            let (name, quoted) = (
                ident::quote_name(context.backend, table),
                ident::quote(context.backend, &column.name),
            );
            let hint = (!array).then(|| {
                let kept = to.values.first().map(|value| ident::literal(context.backend, value));
                format!(
                    "give those rows another value first: UPDATE {name} SET {quoted} = {} \
                     WHERE {quoted} IN ({literals});",
                    kept.unwrap_or_else(|| "NULL".to_owned())
                )
            });
            Hazard::new(&RULE, object.clone(), message)
                .hint(hint)
                .probe(probe(context, table, column, array, &literals))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, table, typed};
    use super::*;
    use crate::model::{EnumType, QualifiedName};

    #[test]
    fn the_hint_can_be_pasted() {
        let mut session = table("session", &["id"]);
        session.columns.push(typed("mood", "mood"));
        let case = Case::new([session], []).on(Backend::Postgres);
        let mood = |values: &[&str]| EnumType {
            name: QualifiedName::new("mood"),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let (from, to) = (mood(&["sad", "ok"]), mood(&["ok"]));
        let hazards = case.check(&[Operation::AlterEnum { from, to }]);
        let hazard = hazards.iter().find(|hazard| hazard.name == RULE.name).unwrap();
        assert_eq!(
            hazard.message,
            "type `mood` loses 'sad', and column `session.mood` must hold none of it"
        );
        assert_eq!(
            hazard.hint.as_deref(),
            Some(
                "give those rows another value first: \
                 UPDATE \"session\" SET \"mood\" = 'ok' WHERE \"mood\" IN ('sad');"
            )
        );
    }
}
