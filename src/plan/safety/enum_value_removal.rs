//! An enumerated type loses a label.

use super::{Context, Hazard, Probe, Rule, Severity, Source, shape};
use crate::backend::ident;
use crate::diff::Operation;
use crate::model::{Backend, Column, EnumType, QualifiedName};

pub(super) static RULE: Rule = Rule {
    name: "enum-value-removal",
    severity: Severity::Loss,
    description: "An enumerated type loses a value",
    backends: &[Backend::Postgres, Backend::Mysql],
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::AlterEnum { from, to } = operation else { return Vec::new() };
    let object = format!("type `{}`", from.name);
    let Some(literals) = removed(context, from, to) else { return Vec::new() };
    let message = format!("removes {literals} from {object}");
    let hazards: Vec<_> = columns_of(context, from)
        .map(|(table, column, array)| {
            let message = format!("{message}, which column `{table}.{}` has", column.name);
            let probe = probe(context, table, column, array, &literals);
            Hazard::new(&RULE, object.clone(), message).probe(probe)
        })
        .collect();
    if hazards.is_empty() { vec![Hazard::new(&RULE, object, message)] } else { hazards }
}

/// The labels that go, as SQL.
pub(super) fn removed(context: &Context, from: &EnumType, to: &EnumType) -> Option<String> {
    let removed = from.values.iter().filter(|value| !to.values.contains(value));
    let literals: Vec<_> = removed.map(|value| ident::literal(context.backend, value)).collect();
    (!literals.is_empty()).then(|| literals.join(", "))
}

/// Which rows hold one of the labels.
pub(super) fn probe(
    context: &Context,
    table: &QualifiedName,
    column: &Column,
    array: bool,
    literals: &str,
) -> Probe {
    let quoted = ident::quote(context.backend, &column.name);
    let expression = if array {
        format!("NOT {quoted}::text[] && ARRAY[{literals}]")
    } else {
        format!("{quoted}::text NOT IN ({literals})")
    };
    let source = Source { table: table.clone(), alias: table.name.clone(), columns: Vec::new() };
    let key = context.from.table(table).and_then(|table| table.primary_key.as_ref());
    let key = key.map(|key| key.columns.clone()).unwrap_or_default();
    Probe::Violations { source, expression, key }
}

/// The columns of today that have the type, or an array of it.
pub(super) fn columns_of<'c>(
    context: &'c Context,
    enum_type: &'c EnumType,
) -> impl Iterator<Item = (&'c QualifiedName, &'c Column, bool)> {
    let tables = context.from.tables.values();
    let columns = tables.flat_map(|table| table.columns.iter().map(move |c| (&table.name, c)));
    columns.filter_map(move |(table, column)| {
        let native = shape::native(context, column)?;
        let (element, array) = match native.strip_suffix("[]") {
            Some(element) => (element, true),
            None => (native.as_str(), false),
        };
        names(element, &enum_type.name).then_some((table, column, array))
    })
}

/// Whether a spelling names the type: `mood`, `"Mood"`, `audit.mood`.
fn names(native: &str, name: &QualifiedName) -> bool {
    let plain = name.to_string();
    let quoted = ident::quote_name(Backend::Postgres, name);
    let bare_quoted = ident::quote(Backend::Postgres, &name.name);
    [plain, quoted, bare_quoted].iter().any(|spelling| spelling == native)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Case, table, typed};
    use super::*;

    fn mood(values: &[&str]) -> EnumType {
        EnumType {
            name: QualifiedName::new("mood"),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        }
    }

    fn alter(from: &[&str], to: &[&str]) -> Operation {
        Operation::AlterEnum { from: mood(from), to: mood(to) }
    }

    #[test]
    fn a_hazard_a_column_that_has_the_type() {
        let mut session = table("session", &["id"]);
        session.columns.push(typed("mood", "mood"));
        session.columns.push(typed("past", "mood[]"));
        let case = Case::new([session], []).on(Backend::Postgres);
        let mut hazards = case.check(&[alter(&["sad", "it's", "ok"], &["ok"])]);
        hazards.retain(|hazard| hazard.name == RULE.name);
        let messages: Vec<_> = hazards.iter().map(|hazard| hazard.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "removes 'sad', 'it''s' from type `mood`, which column `session.mood` has",
                "removes 'sad', 'it''s' from type `mood`, which column `session.past` has",
            ]
        );
        let Some(Probe::Violations { expression, .. }) = &hazards[0].probe else {
            panic!("{:?}", hazards[0].probe)
        };
        assert_eq!(expression, r#""mood"::text NOT IN ('sad', 'it''s')"#);
    }

    #[test]
    fn more_values_or_another_order_are_no_loss() {
        let case = Case::new([], []).on(Backend::Postgres);
        assert_eq!(case.check(&[alter(&["a", "b"], &["b", "x", "a"])]), []);
        let hazards = case.check(&[alter(&["a", "b"], &["b"])]);
        assert_eq!(hazards.len(), 1);
        assert_eq!(
            (hazards[0].message.as_str(), &hazards[0].probe),
            ("removes 'a' from type `mood`", &None)
        );
    }
}
