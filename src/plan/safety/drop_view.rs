//! A view goes. A changed view, dropped and created anew, is no loss.

use super::{Context, EVERYWHERE, Hazard, Rule, Severity};
use crate::diff::Operation;

pub(super) static RULE: Rule = Rule {
    name: "drop-view",
    severity: Severity::Loss,
    description: "A view goes; a changed definition is no loss",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::DropView { view } = operation else { return Vec::new() };
    let comes_back =
        |o: &Operation| matches!(o, Operation::CreateView { view: new } if new.name == view.name);
    if context.operations.iter().any(comes_back) {
        return Vec::new();
    }
    let object = format!("view `{}`", view.name);
    let message = format!("drops {object}{}", context.with_triggers(&view.name));
    vec![Hazard::new(&RULE, object, message)]
}

#[cfg(test)]
mod tests {
    use super::super::testing::Case;
    use super::*;
    use crate::model::View;

    #[test]
    fn a_changed_definition_is_no_loss() {
        let view = |definition: &str| View::new("active", definition);
        let drop = Operation::DropView { view: view("SELECT 1") };
        let create = Operation::CreateView { view: view("SELECT 2") };
        let case = Case::new([], []);
        assert_eq!(case.check(&[drop.clone(), create]), []);
        assert_eq!(case.check(&[drop])[0].message, "drops view `active`");
    }
}
