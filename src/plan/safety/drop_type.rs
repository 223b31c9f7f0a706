//! An enumerated type goes.

use super::{Context, EVERYWHERE, Hazard, Rule, Severity};
use crate::diff::Operation;

pub(super) static RULE: Rule = Rule {
    name: "drop-type",
    severity: Severity::Loss,
    description: "An enumerated type goes",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let Operation::DropEnum { enum_type } = operation else { return Vec::new() };
    let comes_back = |o: &Operation| matches!(o, Operation::CreateEnum { enum_type: new } if new.name == enum_type.name);
    if context.operations.iter().any(comes_back) {
        return Vec::new();
    }
    let object = format!("type `{}`", enum_type.name);
    let message = format!("drops {object}");
    vec![Hazard::new(&RULE, object, message)]
}

#[cfg(test)]
mod tests {
    use super::super::testing::Case;
    use super::*;
    use crate::model::{EnumType, QualifiedName};

    #[test]
    fn a_type_that_goes_for_good_is_told() {
        let mood = EnumType { name: QualifiedName::new("mood"), values: vec!["sad".to_owned()] };
        let hazards = Case::new([], []).check(&[Operation::DropEnum { enum_type: mood }]);
        assert_eq!(hazards[0].message, "drops type `mood`");
        assert_eq!(hazards[0].name, "drop-type");
    }
}
