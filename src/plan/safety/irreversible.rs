//! down.sql cannot run on the rows that up.sql leaves: what it would bring back comes without the
//! values that they need, as where a table goes together with the foreign key that refers to it.
//!
//! No operation shows it; the proof does, which asks with [`hazard`].

use super::{EVERYWHERE, Hazard, Rule, Severity};

pub(super) static RULE: Rule = Rule {
    name: "irreversible",
    severity: Severity::Loss,
    description: "down.sql cannot take the change back, or, as the proof found out, not on the rows that \
                  are there; it changes nothing then",
    backends: EVERYWHERE,
    check: |_, _| Vec::new(),
};

/// The hazard of a migration whose down.sql failed in the proof, in the proof's words.
#[must_use]
pub fn hazard(message: String) -> Hazard {
    Hazard::new(&RULE, "down.sql", message).hint(Some(
        "`--fill-down table.column=<expr>` says what a column that comes back receives".to_owned(),
    ))
}

/// The hazard of a migration that nothing takes back.
#[must_use]
pub fn one_way(message: String) -> Hazard {
    Hazard::new(&RULE, "down.sql", message)
}
