//! `#[cfg(…)]`: which parts of a file are there.

use proc_macro2::{Delimiter, TokenTree};

use super::tokens::{Cursor, Fault, Parsed, name_of};

/// The configuration that the models are read with.
pub(super) struct Config<'a> {
    pub(super) features: &'a [String],
}

impl Config<'_> {
    /// Whether the predicate holds: what stands between the parentheses of `cfg(…)`. What is
    /// neither a feature nor a fact of the platform is pushed to `unknown` and does not hold, as
    /// for rustc without `--cfg`.
    pub(super) fn holds(&self, cursor: &mut Cursor, unknown: &mut Vec<Fault>) -> Parsed<bool> {
        let span = cursor.span();
        if cursor.eat_joined(':', ':') {
            return Err(Fault::new(span, "a `cfg` predicate was expected"));
        }
        let name = name_of(&cursor.ident("a `cfg` predicate")?);
        if let Some(group) = cursor.eat_group(Delimiter::Parenthesis) {
            let parts: Vec<bool> = Cursor::inside(&group)
                .split_list()
                .into_iter()
                .map(|mut part| {
                    let holds = self.holds(&mut part, unknown)?;
                    part.finish("`,`").map(|()| holds)
                })
                .collect::<Parsed<_>>()?;
            return match (name.as_str(), parts.as_slice()) {
                ("all", parts) => Ok(parts.iter().all(|&part| part)),
                ("any", parts) => Ok(parts.iter().any(|&part| part)),
                ("not", [part]) => Ok(!part),
                _ => Err(Fault::new(
                    span,
                    format!("`{name}(…)` found, `all(…)`, `any(…)` or `not(…)` was expected"),
                )),
            };
        }
        let value = if cursor.eat_punct('=') { Some(cursor.text("a string")?.0) } else { None };
        Ok(match (name.as_str(), &value) {
            ("feature", Some(feature)) => self.features.contains(feature),
            ("true", None) => true,
            ("false" | "test" | "doc" | "doctest" | "miri" | "rust_analyzer", None) => false,
            ("unix", None) => cfg!(unix),
            ("windows", None) => cfg!(windows),
            ("target_os", Some(os)) => os == std::env::consts::OS,
            ("target_arch", Some(arch)) => arch == std::env::consts::ARCH,
            ("target_family", Some(family)) => family == std::env::consts::FAMILY,
            _ => {
                unknown.push(
                    Fault::new(
                        span,
                        format!("`cfg({name})` is not known here and read as not set"),
                    )
                    .hint("only features (`--features`) and the platform are known"),
                );
                false
            }
        })
    }
}

/// The predicate of an attribute `cfg(…)`: what stands between `[` and `]`.
pub(super) fn predicate(mut attribute: Cursor) -> Option<Cursor> {
    if !attribute.eat_word("cfg") {
        return None;
    }
    match attribute.next()? {
        TokenTree::Group(group) => Some(Cursor::inside(&group)),
        _ => None,
    }
}
