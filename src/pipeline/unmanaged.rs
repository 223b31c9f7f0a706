//! Objects that belong to somebody else.

use std::borrow::Cow;

use regex::Regex;

use crate::backend::Dialect;
use crate::backend::resolve::Drops;
use crate::model::{OtherObject, QualifiedName, Schema};

/// The names that are nobody's business: such an object is neither compared nor listed nor dropped,
/// unless a drop names it.
///
/// ```
/// use glowplug::pipeline::Unmanaged;
///
/// let mut unmanaged = Unmanaged::default();
/// unmanaged.pattern("spatial_*");
/// assert!(unmanaged.holds(&"spatial_ref_sys".into()));
/// assert!(!unmanaged.holds(&"session".into()));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Unmanaged(Vec<Rule>);

#[derive(Clone, Debug)]
enum Rule {
    /// `spatial_*`, against the whole name with its schema.
    Pattern(String),
    /// diesel.toml's `except_tables`: the names that one of these fits.
    Except(Vec<Regex>),
    /// diesel.toml's `only_tables`: the names that none of these fits.
    Only(Vec<Regex>),
}

/// A pattern of diesel.toml's filter is no regular expression.
#[derive(Debug, thiserror::Error)]
#[error("`{pattern}` is no regular expression")]
pub struct FilterError {
    pattern: String,
    source: regex::Error,
}

impl Unmanaged {
    /// Adds a pattern, in which `*` stands for any text.
    pub fn pattern(&mut self, pattern: impl Into<String>) {
        self.0.push(Rule::Pattern(pattern.into()));
    }

    /// Adds diesel.toml's filter: regular expressions that fit anywhere in the name of a table.
    ///
    /// # Errors
    /// When one of them is none.
    pub fn diesel_filter(&mut self, only: &[String], except: &[String]) -> Result<(), FilterError> {
        if !only.is_empty() {
            self.0.push(Rule::Only(expressions(only)?));
        }
        if !except.is_empty() {
            self.0.push(Rule::Except(expressions(except)?));
        }
        Ok(())
    }

    /// Whether the name is one of them.
    #[must_use]
    pub fn holds(&self, name: &QualifiedName) -> bool {
        self.0.iter().any(|rule| match rule {
            Rule::Pattern(pattern) => fits(pattern, &name.to_string()),
            Rule::Except(expressions) => expressions.iter().any(|it| it.is_match(&name.name)),
            Rule::Only(expressions) => !expressions.iter().any(|it| it.is_match(&name.name)),
        })
    }

    /// Whether an object that is not modelled is compared between two databases.
    #[must_use]
    pub fn counts(&self, object: &OtherObject, dialect: &dyn Dialect) -> bool {
        dialect.writes(object) && !self.holds(object.table.as_ref().unwrap_or(&object.name))
    }

    /// The schema without them.
    #[must_use]
    pub fn without<'a>(&self, schema: &'a Schema) -> Cow<'a, Schema> {
        if self.0.is_empty() {
            return Cow::Borrowed(schema);
        }
        let mut schema = schema.clone();
        schema.tables.retain(|name, _| !self.holds(name));
        schema.views.retain(|name, _| !self.holds(name));
        schema.enums.retain(|name, _| !self.holds(name));
        schema.definitions.retain(|definition| !self.holds(&definition.name));
        schema.joinables.retain(|joinable| !self.holds(&joinable.child));
        Cow::Owned(schema)
    }

    /// `--drop unnamed` does not mean them; `--drop NAME` does.
    pub(super) fn spared(&self, drops: &Drops, models: &Schema, live: &Schema) -> Drops {
        match drops {
            Drops::Unnamed if !self.0.is_empty() => {
                let unnamed = |name: &&QualifiedName, named: bool| !named && !self.holds(name);
                let tables = live.tables.keys().filter(|it| {
                    unnamed(it, models.tables.contains_key(it) || models.views.contains_key(it))
                });
                let views = live.views.keys().filter(|it| {
                    unnamed(it, models.views.contains_key(it) || models.tables.contains_key(it))
                });
                let enums =
                    live.enums.keys().filter(|it| unnamed(it, models.enums.contains_key(it)));
                let definitions = live
                    .definitions
                    .iter()
                    .filter(|it| unnamed(&&it.name, models.definition(it).is_some()))
                    .map(|it| &it.name);
                let names = tables.chain(views).chain(enums).chain(definitions);
                let names = names.map(ToString::to_string);
                Drops::Named(names.collect())
            }
            Drops::None | Drops::Named(_) | Drops::Unnamed => drops.clone(),
        }
    }
}

fn expressions(patterns: &[String]) -> Result<Vec<Regex>, FilterError> {
    let expression = |pattern: &String| {
        Regex::new(pattern).map_err(|source| FilterError { pattern: pattern.clone(), source })
    };
    patterns.iter().map(expression).collect()
}

/// Whether a name fits a pattern in which `*` stands for any text.
fn fits(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(name) = name.strip_prefix(first) else { return false };
    // Whatever the star swallows, the rest must fit what is left.
    name.char_indices().map(|(at, _)| at).chain([name.len()]).any(|at| fits(rest, &name[at..]))
}

#[cfg(test)]
mod tests {
    use super::{Unmanaged, fits};

    #[test]
    fn a_star_is_any_text() {
        for (pattern, name) in
            [("a", "a"), ("*", ""), ("a*", "ab"), ("*b", "ab"), ("a*c", "abc"), ("a*b*c", "abbbc")]
        {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in
            [("a", "ab"), ("", "a"), ("a*", "ba"), ("*b", "ba"), ("ab*b", "ab"), ("a*b*c", "acb")]
        {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn diesels_filter_is_unanchored_and_about_the_name_alone() {
        let mut except = Unmanaged::default();
        except.diesel_filter(&[], &["^geo".into(), "_log$".into()]).unwrap();
        assert!(except.holds(&"geometry".into()) && except.holds(&"audit_log".into()));
        assert!(!except.holds(&"session".into()));
        let mut only = Unmanaged::default();
        only.diesel_filter(&["sess".into()], &[]).unwrap();
        assert!(!only.holds(&"session".into()) && only.holds(&"geometry".into()));
        assert!(Unmanaged::default().diesel_filter(&["(".into()], &[]).is_err());
    }
}
