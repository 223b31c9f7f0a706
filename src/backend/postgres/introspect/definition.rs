//! Domains, composite and range types, and sequences, from names and values by turns.

use crate::backend::postgres::normalize::without_parentheses;
use crate::backend::postgres::types;
use crate::model::{CheckConstraint, ConstraintOptions, DefinitionBody, Domain};

/// What a definition of this kind says.
pub(super) fn body(kind: &str, parts: Vec<String>) -> DefinitionBody {
    let mut parts = parts.into_iter();
    let mut pairs = Vec::new();
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        pairs.push((name, value));
    }
    match kind {
        "domain" => DefinitionBody::Domain(domain(pairs)),
        "composite type" => {
            let spelt = |(name, native): (String, String)| (name, types::normalize_type(&native));
            DefinitionBody::Composite { attributes: pairs.into_iter().map(spelt).collect() }
        }
        "range type" => DefinitionBody::Range { parameters: pairs.into_iter().collect() },
        _ => DefinitionBody::Sequence { parameters: pairs.into_iter().collect() },
    }
}

fn domain(pairs: Vec<(String, String)>) -> Domain {
    let mut domain = Domain {
        native: String::new(),
        not_null: false,
        default: None,
        collation: None,
        checks: Vec::new(),
    };
    for (name, value) in pairs {
        match name.as_str() {
            "type" => domain.native = types::normalize_type(&value),
            "not null" => domain.not_null = true,
            "default" => domain.default = Some(without_parentheses(&value).to_owned()),
            "collation" => domain.collation = Some(value),
            "check" => domain.checks.push(CheckConstraint {
                name: Some(value),
                expression: String::new(),
                options: ConstraintOptions::default(),
            }),
            "expression" => {
                if let Some(check) = domain.checks.last_mut() {
                    without_parentheses(&value).clone_into(&mut check.expression);
                }
            }
            _ => {
                if let Some(check) = domain.checks.last_mut() {
                    check.options.not_valid = true;
                }
            }
        }
    }
    domain
}
