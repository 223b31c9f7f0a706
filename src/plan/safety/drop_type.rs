//! A type or a sequence goes.

use super::{Context, EVERYWHERE, Hazard, Rule, Severity};
use crate::diff::Operation;
use crate::model::{Definition, DefinitionBody};

pub(super) static RULE: Rule = Rule {
    name: "drop-type",
    severity: Severity::Loss,
    description: "A type goes, or a sequence and what it has handed out",
    backends: EVERYWHERE,
    check,
};

fn check(context: &Context, operation: &Operation) -> Vec<Hazard> {
    let object = match operation {
        Operation::DropEnum { enum_type } => {
            let comes_back = |o: &Operation| matches!(o, Operation::CreateEnum { enum_type: new } if new.name == enum_type.name);
            if context.operations.iter().any(comes_back) {
                return Vec::new();
            }
            format!("type `{}`", enum_type.name)
        }
        Operation::DropDefinition { definition } => definition.title(),
        Operation::AlterDefinition { from, to } => return attributes(from, to),
        _ => return Vec::new(),
    };
    let message = format!("drops {object}");
    vec![Hazard::new(&RULE, object, message)]
}

/// What a composite type loses, all its values lose.
fn attributes(from: &Definition, to: &Definition) -> Vec<Hazard> {
    let (
        DefinitionBody::Composite { attributes: old },
        DefinitionBody::Composite { attributes: new },
    ) = (&from.body, &to.body)
    else {
        return Vec::new();
    };
    let gone = old.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name));
    gone.map(|(name, _)| {
        let object = from.title();
        let message = format!("drops `{name}` of {object}, in every value");
        Hazard::new(&RULE, object, message)
    })
    .collect()
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
