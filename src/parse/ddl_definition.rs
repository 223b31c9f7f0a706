//! `domain`, `composite`, `range` and `sequence`: PostgreSQL's objects beside tables and enums.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Span};

use super::attributes::check_name;
use super::ddl_clause::{constraint_name, expect_word, named_sql};
use super::ddl_index::stray;
use super::ddl_macro::list;
use super::ddl_options;
use super::sql;
use super::suggest;
use super::tokens::{Cursor, Fault, Parsed};
use crate::backend::Backend;
use crate::model::{CheckConstraint, ConstraintOptions, DefinitionBody, Domain};

/// What a range type may say.
const RANGE: [&str; 7] = [
    "subtype",
    "subtype_opclass",
    "collation",
    "canonical",
    "subtype_diff",
    "multirange_type_name",
    COMMENT,
];

/// What a sequence may say.
const SEQUENCE: [&str; 8] =
    ["data_type", "start", "increment", "minvalue", "maxvalue", "cache", "cycle", COMMENT];

/// The words that a clause of a domain starts with.
const DOMAIN: [&str; 6] = ["type", "not", "default", "collate", "check", COMMENT];

/// What any of them may say.
const COMMENT: &str = "comment";

/// Reads what follows the name of a definition, with its comment; `None` for a backend that has no such object.
pub(super) fn read(
    word: &str,
    cursor: &mut Cursor,
    backend: Backend,
) -> Parsed<Option<(DefinitionBody, Option<String>)>> {
    let span = cursor.span();
    let said = match word {
        "domain" => domain(cursor, span)?,
        "composite" => {
            let attributes = pairs(cursor)?;
            (DefinitionBody::Composite { attributes }, comment_block(cursor)?)
        }
        "range" => {
            let mut parameters = known(pairs(cursor)?, &RANGE, "range", span)?;
            let comment = parameters.remove(COMMENT);
            if !parameters.contains_key("subtype") {
                return Err(Fault::new(span, "the range has no `subtype`"));
            }
            (DefinitionBody::Range { parameters }, comment)
        }
        _ => {
            let pairs = if cursor.is_group(Delimiter::Brace) { pairs(cursor)? } else { Vec::new() };
            let mut parameters = known(pairs, &SEQUENCE, "sequence", span)?;
            let comment = parameters.remove(COMMENT);
            (DefinitionBody::Sequence { parameters: sequence(parameters, span)? }, comment)
        }
    };
    Ok((backend == Backend::Postgres).then_some(said))
}

/// `{ comment "text"; }`, behind attributes of any name.
fn comment_block(cursor: &mut Cursor) -> Parsed<Option<String>> {
    let Some(group) = cursor.eat_group(Delimiter::Brace) else { return Ok(None) };
    let mut body = Cursor::inside(&group);
    expect_word(&mut body, COMMENT)?;
    let comment = text(&mut body, "a comment")?;
    if !body.eat_punct(';') {
        return Err(body.unexpected("`;`"));
    }
    body.finish("nothing more")?;
    Ok(Some(comment))
}

/// `{ name "text", … }`
fn pairs(cursor: &mut Cursor) -> Parsed<Vec<(String, String)>> {
    let group = cursor.group(Delimiter::Brace, "`{`, names and texts")?;
    let mut pairs: Vec<(String, String)> = Vec::new();
    for mut part in Cursor::inside(&group).split_list() {
        let span = part.span();
        let name = constraint_name(&mut part)?.ok_or_else(|| part.unexpected("a name"))?;
        let (text, place) = part.text("a text in double quotes")?;
        sql::check(&text, place)?;
        part.finish("`,`")?;
        if pairs.iter().any(|(other, _)| *other == name) {
            return Err(Fault::new(span, format!("`{name}` is there twice")));
        }
        pairs.push((name, text));
    }
    Ok(pairs)
}

fn known(
    pairs: Vec<(String, String)>,
    words: &[&str],
    what: &str,
    span: Span,
) -> Parsed<BTreeMap<String, String>> {
    if let Some((name, _)) = pairs.iter().find(|(name, _)| !words.contains(&name.as_str())) {
        return Err(Fault::new(span, format!("`{name}` is no parameter of a {what}"))
            .hint(format!("the parameters are {}", list(words)))
            .suggest(suggest::nearest(name, words.iter().copied())));
    }
    Ok(pairs.into_iter().collect())
}

/// The parameters of a sequence, if each is one.
fn sequence(parameters: BTreeMap<String, String>, span: Span) -> Parsed<BTreeMap<String, String>> {
    for (name, value) in &parameters {
        let (fits, expected) = match name.as_str() {
            "data_type" => (true, ""),
            "cycle" => (["true", "false"].contains(&value.trim()), "`true` or `false`"),
            _ => (value.trim().parse::<i64>().is_ok(), "a whole number"),
        };
        if !fits {
            return Err(Fault::new(span, format!("`{name}` is {expected}, and not `{value}`")));
        }
    }
    Ok(parameters)
}

/// `"text"`, or `{ type "text"; not null; … }`
fn domain(cursor: &mut Cursor, span: Span) -> Parsed<(DefinitionBody, Option<String>)> {
    let mut domain = Domain {
        native: String::new(),
        not_null: false,
        default: None,
        collation: None,
        checks: Vec::new(),
    };
    let mut comment = None;
    let mut seen: Vec<&str> = Vec::new();
    if let Some((native, _)) = cursor.eat_text()? {
        domain.native = native;
        return Ok((DefinitionBody::Domain(domain), None));
    }
    let group = cursor.group(Delimiter::Brace, "a native type, or `{` and the clauses")?;
    let mut body = Cursor::inside(&group);
    while !body.is_empty() {
        let (mut part, semicolon) = body.split_at(';');
        let word = part.ident("a clause of a domain")?;
        let name = word.to_string();
        let Some(clause) = DOMAIN.into_iter().find(|known| *known == name) else {
            return Err(stray(&name, word.span(), "clause of a domain", &DOMAIN));
        };
        if clause != "check" && seen.contains(&clause) {
            return Err(stray(&name, word.span(), "clause of a domain", &DOMAIN));
        }
        seen.push(clause);
        match clause {
            "type" => domain.native = text(&mut part, "a native type")?,
            "default" => domain.default = Some(text(&mut part, "a SQL expression")?),
            "collate" => domain.collation = Some(text(&mut part, "a collation")?),
            COMMENT => comment = Some(text(&mut part, "a comment")?),
            "not" => {
                expect_word(&mut part, "null")?;
                domain.not_null = true;
            }
            _ => domain.checks.push(check(&mut part)?),
        }
        part.finish("`;`")?;
        if semicolon.is_none() {
            return Err(part.unexpected("`;`"));
        }
    }
    if domain.native.is_empty() {
        return Err(Fault::new(span, "the domain has no `type`"));
    }
    Ok((DefinitionBody::Domain(domain), comment))
}

fn text(cursor: &mut Cursor, expected: &str) -> Parsed<String> {
    let (text, span) = cursor.text(expected)?;
    sql::check(&text, span)?;
    Ok(text)
}

/// `[name] "condition" [not valid]`
fn check(cursor: &mut Cursor) -> Parsed<CheckConstraint> {
    let (name, spot) = named_sql(cursor, Backend::Postgres, "a SQL condition")?;
    if let Some(name) = &name {
        check_name(name, spot.span)?;
    }
    let words = ddl_options::read(cursor, &["not"], "word of a check of a domain")?;
    let options = ConstraintOptions { not_valid: words.not_valid, ..Default::default() };
    Ok(CheckConstraint { name, expression: spot.sql.unwrap_or_default(), options })
}
