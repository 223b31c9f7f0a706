//! What a plan would lose, and what it takes for granted.
//!
//! A [`Rule`] looks at one [`Operation`] of a diff, before it is lowered, and names the hazards in
//! it. There are two severities: a [`Severity::Loss`] is refused unless it is allowed by name, and
//! a [`Severity::Precondition`] is refused only when rows are there that break it. A [`Hazard`]
//! carries the [`Probe`] that tells how many rows it is about; `apply::probe` counts them, and
//! [`Hazard::with`] puts the count into the message.
//!
//! A new rule is a file here, a line in [`RULES`] and a case.

mod affinity;
mod context;
mod hazard;
mod keep;
mod probe;
mod shape;

mod add_check;
mod add_foreign_key;
mod add_not_null_column;
mod add_unique;
mod collation_or_charset_change;
mod column_to_generated;
mod drop_column;
mod drop_constraint;
mod drop_default;
mod drop_index;
mod drop_table;
mod drop_type;
mod drop_view;
mod enum_value_in_use;
mod enum_value_removal;
mod irreversible;
mod lossy_type;
mod set_not_null;

pub(crate) use affinity::Affinity;
pub use context::Context;
pub use hazard::{Hazard, Severity};
pub use irreversible::{hazard as irreversible, one_way};
pub use probe::{Finding, Probe, Source, SourceColumn};

use crate::diff::Operation;
use crate::model::{Backend, Schema};

/// One thing to watch for.
#[derive(Debug)]
pub struct Rule {
    /// The name of its hazards, as `--allow` takes it.
    pub name: &'static str,
    /// How its hazards are treated.
    pub severity: Severity,
    /// What it finds, as the documentation says it.
    pub description: &'static str,
    /// The backends that it is about.
    pub backends: &'static [Backend],
    /// Finds its hazards in one operation.
    pub check: fn(&Context, &Operation) -> Vec<Hazard>,
}

/// The backends of most rules.
const EVERYWHERE: &[Backend] = &[Backend::Sqlite, Backend::Postgres, Backend::Mysql];

/// The rules, in the order in which they are documented and reported.
pub static RULES: &[&Rule] = &[
    &drop_table::RULE,
    &drop_column::RULE,
    &drop_view::RULE,
    &drop_type::RULE,
    &drop_index::RULE,
    &drop_constraint::RULE,
    &drop_default::RULE,
    &lossy_type::RULE,
    &column_to_generated::RULE,
    &enum_value_removal::RULE,
    &enum_value_in_use::RULE,
    &collation_or_charset_change::RULE,
    &irreversible::RULE,
    &set_not_null::RULE,
    &add_not_null_column::RULE,
    &add_unique::RULE,
    &add_foreign_key::RULE,
    &add_check::RULE,
];

/// The hazards of a diff, in the order of its operations.
///
/// `from` is the database as it is now, under its old names; a rename in `operations` maps the
/// names of what follows it, so that every probe runs on the database before the plan.
#[must_use]
pub fn check(
    operations: &[Operation],
    from: &Schema,
    to: &Schema,
    backend: Backend,
) -> Vec<Hazard> {
    let mut context = Context::new(operations, from, to, backend);
    let rules: Vec<_> = RULES.iter().filter(|rule| rule.backends.contains(&backend)).collect();
    let mut hazards = Vec::new();
    for (at, operation) in operations.iter().enumerate() {
        context.advance(at);
        hazards.extend(rules.iter().flat_map(|rule| (rule.check)(&context, operation)));
    }
    hazards
}

/// The rules as a table in Markdown, for the documentation.
#[must_use]
pub fn table() -> String {
    let mut table =
        String::from("| Hazard | Refused | What it is | Backends |\n|---|---|---|---|\n");
    for rule in RULES {
        let refused = match rule.severity {
            Severity::Loss => "unless allowed",
            Severity::Precondition => "while rows break it",
        };
        let backends: Vec<_> = rule.backends.iter().map(|backend| backend.word()).collect();
        let backends =
            if rule.backends == EVERYWHERE { "all".to_owned() } else { backends.join(", ") };
        table += &format!("| `{}` | {refused} | {} | {backends} |\n", rule.name, rule.description);
    }
    table
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        let mut names: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
        for name in &names {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
        }
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn the_table_has_a_row_a_rule() {
        let table = table();
        assert_eq!(table.lines().count(), RULES.len() + 2);
        assert!(table.contains("| `drop-column` | unless allowed |"), "{table}");
        assert!(table.contains("| `add-unique` | while rows break it |"), "{table}");
        assert!(
            table
                .lines()
                .all(|line| line.matches(" | ").count() == 3 || line == "|---|---|---|---|")
        );
    }
}
