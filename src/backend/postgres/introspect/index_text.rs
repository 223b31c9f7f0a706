//! What `pg_get_indexdef` says of each key behind the key itself: collation, operator class, order.
//!
//! The server prints these only where they are not the default, which is what the model keeps.

use crate::backend::Backend;
use crate::backend::ident::quote_name;
use crate::backend::postgres::lexer::{Token, tokens};
use crate::model::{NullsOrder, QualifiedName, SortOrder};

/// What stands behind one key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KeyOptions {
    pub(super) collation: Option<String>,
    pub(super) operator_class: Option<String>,
    pub(super) order: SortOrder,
    pub(super) nulls: Option<NullsOrder>,
}

/// The text of an index in parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct IndexText {
    pub(super) keys: Vec<KeyOptions>,
    /// Whether it says something that the model cannot: `WITH`, `NULLS NOT DISTINCT`.
    pub(super) beyond_model: bool,
}

impl IndexText {
    /// Nothing stands behind so many columns.
    pub(super) fn plain(keys: usize) -> Self {
        Self { keys: vec![KeyOptions::default(); keys], beyond_model: false }
    }
}

/// Reads the text, given the text of each key without its options.
pub(super) fn read(definition: &str, keys: &[String]) -> Option<IndexText> {
    let all = tokens(definition);
    let using = all.iter().position(|t| t.is_word("using"))?;
    let open = using + all[using..].iter().position(|t| t.is_symbol("("))?;
    let close = closing(&all, open)?;
    let parts = split(&all[open + 1..close]);
    if parts.len() != keys.len() {
        return None;
    }
    let keys = parts.iter().zip(keys).map(|(part, key)| options(definition, part, key));
    let keys = keys.collect::<Option<Vec<_>>>()?;
    Some(IndexText { keys, beyond_model: beyond_model(&all[close + 1..]) })
}

/// The parenthesis that closes the one at `open`.
fn closing(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The parts between commas outside of parentheses and brackets.
fn split<'a, 'b>(tokens: &'b [Token<'a>]) -> Vec<&'b [Token<'a>]> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_i32, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "," if depth == 0 => {
                parts.push(&tokens[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tokens[from..]);
    parts
}

fn options(definition: &str, part: &[Token<'_>], key: &str) -> Option<KeyOptions> {
    let start = part.first()?.start;
    let key = key.trim();
    if !definition[start..].starts_with(key) {
        return None;
    }
    let mut rest: Vec<&Token<'_>> = part.iter().filter(|t| t.start >= start + key.len()).collect();
    let mut found = KeyOptions::default();
    if let [.., nulls, which] = rest.as_slice()
        && nulls.is_word("nulls")
    {
        found.nulls =
            Some(if which.is_word("first") { NullsOrder::First } else { NullsOrder::Last });
        rest.truncate(rest.len() - 2);
    }
    if rest.last().is_some_and(|t| t.is_word("desc")) {
        found.order = SortOrder::Descending;
        rest.pop();
    }
    if rest.first().is_some_and(|t| t.is_word("collate")) {
        let end = 1 + name_length(&rest[1..]);
        found.collation = Some(name(&rest[1..end])?);
        rest.drain(..end);
    }
    if let (Some(first), Some(last)) = (rest.first(), rest.last()) {
        found.operator_class = Some(definition[first.start..last.end()].to_owned());
    }
    Some(found)
}

/// How many tokens a name takes that may have a schema.
fn name_length(tokens: &[&Token<'_>]) -> usize {
    if tokens.get(1).is_some_and(|t| t.is_symbol(".")) { 3 } else { 1 }
}

/// A collation's name: as it is stored, or quoted where it has a schema.
fn name(tokens: &[&Token<'_>]) -> Option<String> {
    match tokens {
        [only] => only.identifier(),
        [schema, _, name] => {
            let name = QualifiedName::in_schema(schema.identifier()?, name.identifier()?);
            Some(quote_name(Backend::Postgres, &name))
        }
        _ => None,
    }
}

/// Whether anything but `INCLUDE (…)`, `NULLS NOT DISTINCT`, `WITH (…)` and `WHERE …` stands behind
/// the keys.
fn beyond_model(rest: &[Token<'_>]) -> bool {
    let mut at = 0;
    if rest.first().is_some_and(|t| t.is_word("include")) {
        match closing(rest, 1) {
            Some(close) => at = close + 1,
            None => return true,
        }
    }
    if rest.get(at).is_some_and(|t| t.is_word("nulls")) {
        at += 3;
    }
    if rest.get(at).is_some_and(|t| t.is_word("with")) {
        match closing(rest, at + 1) {
            Some(close) => at = close + 1,
            None => return true,
        }
    }
    rest.get(at).is_some_and(|t| !t.is_word("where"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_behind_their_keys() {
        let text = read(
            "CREATE UNIQUE INDEX \"using (\" ON public.t USING btree (\"desc\" DESC NULLS LAST, \
             lower(a) COLLATE \"C\" text_pattern_ops, ((b || ','::text)), c NULLS FIRST) \
             INCLUDE (d) WHERE (a > 'x'::text)",
            &["\"desc\"".into(), "lower(a)".into(), "((b || ','::text))".into(), "c".into()],
        )
        .expect("it is an index");
        assert!(!text.beyond_model);
        assert_eq!(
            text.keys,
            [
                KeyOptions {
                    order: SortOrder::Descending,
                    nulls: Some(NullsOrder::Last),
                    ..KeyOptions::default()
                },
                KeyOptions {
                    collation: Some("C".into()),
                    operator_class: Some("text_pattern_ops".into()),
                    ..KeyOptions::default()
                },
                KeyOptions::default(),
                KeyOptions { nulls: Some(NullsOrder::First), ..KeyOptions::default() },
            ]
        );
    }

    #[test]
    fn what_the_model_cannot_say_is_seen() {
        let keys = ["a".to_owned()];
        for (definition, beyond) in [
            ("CREATE INDEX i ON t USING btree (a) WITH (fillfactor='70')", false),
            ("CREATE UNIQUE INDEX i ON t USING btree (a) NULLS NOT DISTINCT", false),
            (
                "CREATE INDEX i ON t USING btree (a) INCLUDE (b) WITH (fillfactor='70') WHERE b",
                false,
            ),
            ("CREATE INDEX i ON t USING btree (a) TABLESPACE fast", true),
        ] {
            let found = read(definition, &keys).expect("it is an index").beyond_model;
            assert_eq!(found, beyond, "{definition}");
        }
        assert_eq!(read("CREATE INDEX i ON t USING btree (a, b)", &keys), None);
    }
}
