//! `domain`, `composite`, `range` and `sequence` of `ddl!`.

use super::item_name;
use super::literal::{literal, name_or_literal};
use super::writer::Writer;
use crate::model::{Definition, DefinitionBody, Domain};

pub(super) fn write(definition: &Definition, out: &mut Writer) {
    let name = item_name(&definition.name);
    match &definition.body {
        DefinitionBody::Domain(domain) => domain_block(&name, domain, out),
        DefinitionBody::Composite { attributes } => {
            let pairs = attributes.iter().map(|(name, native)| (name, native));
            out.line(&format!("composite {name} {{ {} }}", listed(pairs)));
        }
        DefinitionBody::Range { parameters } => {
            out.line(&format!("range {name} {{ {} }}", listed(parameters.iter())));
        }
        DefinitionBody::Sequence { parameters } if parameters.is_empty() => {
            out.line(&format!("sequence {name};"));
        }
        DefinitionBody::Sequence { parameters } => {
            out.line(&format!("sequence {name} {{ {} }}", listed(parameters.iter())));
        }
    }
}

fn listed<'a>(pairs: impl Iterator<Item = (&'a String, &'a String)>) -> String {
    let pairs: Vec<_> =
        pairs.map(|(name, text)| format!("{} {}", name_or_literal(name), literal(text))).collect();
    pairs.join(", ")
}

fn domain_block(name: &str, domain: &Domain, out: &mut Writer) {
    let mut clauses = Vec::new();
    clauses.extend(domain.not_null.then(|| "not null;".to_owned()));
    clauses.extend(domain.default.as_ref().map(|it| format!("default {};", literal(it))));
    clauses.extend(domain.collation.as_ref().map(|it| format!("collate {};", literal(it))));
    for check in &domain.checks {
        let own = check.name.as_deref().map(|name| name_or_literal(name) + " ");
        let valid = if check.options.not_valid { " not valid" } else { "" };
        let text = literal(&check.expression);
        clauses.push(format!("check {}{text}{valid};", own.unwrap_or_default()));
    }
    let native = literal(&domain.native);
    if clauses.is_empty() {
        out.line(&format!("domain {name} {native};"));
        return;
    }
    out.open(&format!("domain {name} {{"));
    out.line(&format!("type {native};"));
    clauses.iter().for_each(|clause| out.line(clause));
    out.close("}");
}
