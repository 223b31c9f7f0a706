//! The parameters of sequences and range types: what is the default, and how statements say them.

use std::collections::BTreeMap;

use super::lexer::tokens;
use super::types;
use crate::model::{Definition, DefinitionBody, QualifiedName};

type Parameters = BTreeMap<String, String>;

/// What `sequence name { … }` may say, and the clause of each, in the manual's order.
const SEQUENCE: &[(&str, &str)] = &[
    ("data_type", "AS"),
    ("increment", "INCREMENT BY"),
    ("minvalue", "MINVALUE"),
    ("maxvalue", "MAXVALUE"),
    ("start", "START WITH"),
    ("cache", "CACHE"),
    ("cycle", "CYCLE"),
];

/// What a sequence says that it does not say (CREATE SEQUENCE, PostgreSQL 13 to 18).
fn default(key: &str, said: &Parameters) -> String {
    let or_default = |key: &str| said.get(key).cloned().unwrap_or_else(|| default(key, said));
    let descends = || or_default("increment").starts_with('-');
    let (lowest, highest) = match or_default_type(said).as_str() {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    match key {
        "data_type" => "bigint".to_owned(),
        "minvalue" if descends() => lowest.to_string(),
        "maxvalue" if descends() => "-1".to_owned(),
        "maxvalue" => highest.to_string(),
        "start" if descends() => or_default("maxvalue"),
        "start" => or_default("minvalue"),
        "cycle" => "false".to_owned(),
        _ => "1".to_owned(),
    }
}

fn or_default_type(said: &Parameters) -> String {
    said.get("data_type").cloned().unwrap_or_else(|| "bigint".to_owned())
}

/// One spelling for each value, and nothing that is the default anyway.
pub(super) fn normalize(definition: &mut Definition) {
    match &mut definition.body {
        DefinitionBody::Sequence { parameters } => {
            for (key, value) in parameters.iter_mut() {
                *value = match key.as_str() {
                    "data_type" => types::normalize_type(value),
                    "cycle" => value.trim().to_lowercase(),
                    _ => value.trim().parse::<i64>().map_or(value.clone(), |n| n.to_string()),
                };
            }
            let said = parameters.clone();
            parameters.retain(|key, value| *value != default(key, &said));
        }
        DefinitionBody::Range { parameters } => {
            let implied = multirange(&definition.name);
            parameters.retain(|key, value| key != "multirange_type_name" || *value != implied);
            if let Some(subtype) = parameters.get_mut("subtype") {
                *subtype = types::normalize_type(subtype);
            }
        }
        DefinitionBody::Domain(_) | DefinitionBody::Composite { .. } => {}
    }
}

/// The name that the server gives to the type of many ranges (`makeMultirangeTypeName`, since 14).
fn multirange(name: &QualifiedName) -> String {
    let own = match name.name.contains("range") {
        true => name.name.replacen("range", "multirange", 1),
        false => format!("{}_multirange", name.name),
    };
    types::enum_spelling(&name.sibling(own))
}

/// The clauses of a sequence that turn `from` into `to`.
pub(super) fn clauses(to: &Parameters, from: &Parameters) -> Vec<String> {
    let value =
        |key: &str, side: &Parameters| side.get(key).cloned().unwrap_or_else(|| default(key, side));
    let changed = SEQUENCE.iter().filter(|(key, _)| value(key, to) != value(key, from));
    changed
        .map(|(key, word)| match (*key, value(key, to)) {
            ("cycle", cycle) if cycle == "true" => "CYCLE".to_owned(),
            ("cycle", _) => "NO CYCLE".to_owned(),
            ("data_type", native) => format!("{word} {}", types::in_statement(&native)),
            (_, value) => format!("{word} {value}"),
        })
        .collect()
}

/// `SUBTYPE = float8`, in the manual's order.
pub(super) fn of_range(parameters: &Parameters) -> impl Iterator<Item = String> {
    const RANGE: &[&str] = &[
        "subtype",
        "subtype_opclass",
        "collation",
        "canonical",
        "subtype_diff",
        "multirange_type_name",
    ];
    RANGE.iter().filter_map(|key| {
        let value = parameters.get(*key)?;
        let value = match *key {
            "subtype" => types::in_statement(value),
            _ => value.clone(),
        };
        Some(format!("{} = {value}", key.to_uppercase()))
    })
}

/// Whether an expression takes the next value of this sequence: `nextval('audit.number')`.
pub(super) fn names_sequence(sql: &str, sequence: &QualifiedName) -> bool {
    let spelling = types::enum_spelling(sequence);
    tokens(sql).iter().any(|token| {
        let text = token.text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
        text.is_some_and(|text| types::normalize_type(text) == spelling)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pairs: &[(&str, &str)]) -> Parameters {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn normal(pairs: &[(&str, &str)]) -> Parameters {
        let body = DefinitionBody::Sequence { parameters: said(pairs) };
        let mut definition = Definition { name: QualifiedName::new("s"), body, comment: None };
        normalize(&mut definition);
        match definition.body {
            DefinitionBody::Sequence { parameters } => parameters,
            _ => unreachable!(),
        }
    }

    #[test]
    fn what_is_the_default_says_nothing() {
        let everything = [
            ("data_type", "int8"),
            ("increment", " 1 "),
            ("minvalue", "1"),
            ("maxvalue", "9223372036854775807"),
            ("start", "1"),
            ("cache", "01"),
            ("cycle", "FALSE"),
        ];
        assert_eq!(normal(&everything), said(&[]));
        let down = [
            ("data_type", "smallint"),
            ("increment", "-2"),
            ("minvalue", "-32768"),
            ("start", "-1"),
        ];
        assert_eq!(normal(&down), said(&[("data_type", "smallint"), ("increment", "-2")]));
        assert_eq!(normal(&[("minvalue", "5"), ("start", "5")]), said(&[("minvalue", "5")]));
    }

    #[test]
    fn clauses_say_what_changes() {
        assert_eq!(clauses(&said(&[("start", "5")]), &said(&[])), ["START WITH 5"]);
        assert_eq!(
            clauses(&said(&[]), &said(&[("minvalue", "5"), ("cycle", "true")])),
            ["MINVALUE 1", "START WITH 1", "NO CYCLE"]
        );
    }

    #[test]
    fn a_sequence_is_named_in_a_string() {
        let name = QualifiedName::in_schema("audit", "number");
        assert!(names_sequence("nextval('audit.number'::regclass)", &name));
        assert!(names_sequence("nextval('\"audit\".\"number\"')", &name));
        assert!(!names_sequence("nextval('number'::regclass)", &name));
    }
}
