//! `domain`, `composite`, `range` and `sequence` of `ddl!`.

use super::item_name;
use super::literal::{literal, name_or_literal};
use super::writer::Writer;
use crate::model::{Definition, DefinitionBody, Domain};

pub(super) fn write(definition: &Definition, out: &mut Writer) {
    let name = item_name(&definition.name);
    let comment = definition.comment.as_ref().map(|text| format!("comment {}", literal(text)));
    match &definition.body {
        DefinitionBody::Domain(domain) => domain_block(&name, domain, comment, out),
        DefinitionBody::Composite { attributes } => {
            let pairs = attributes.iter().map(|(name, native)| (name, native));
            let block = comment.map(|comment| format!(" {{ {comment}; }}")).unwrap_or_default();
            out.line(&format!("composite {name} {{ {} }}{block}", listed(pairs, None)));
        }
        DefinitionBody::Range { parameters } => {
            out.line(&format!("range {name} {{ {} }}", listed(parameters.iter(), comment)));
        }
        DefinitionBody::Sequence { parameters } if parameters.is_empty() && comment.is_none() => {
            out.line(&format!("sequence {name};"));
        }
        DefinitionBody::Sequence { parameters } => {
            out.line(&format!("sequence {name} {{ {} }}", listed(parameters.iter(), comment)));
        }
    }
}

fn listed<'a>(
    pairs: impl Iterator<Item = (&'a String, &'a String)>,
    comment: Option<String>,
) -> String {
    let pairs = pairs.map(|(name, text)| format!("{} {}", name_or_literal(name), literal(text)));
    pairs.chain(comment).collect::<Vec<_>>().join(", ")
}

fn domain_block(name: &str, domain: &Domain, comment: Option<String>, out: &mut Writer) {
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
    clauses.extend(comment.map(|comment| comment + ";"));
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
