//! Empty databases to run migrations on.

use std::collections::BTreeSet;

use super::CreateError;
use crate::backend::Backend;
use crate::connection::{DatabaseUrl, Scratch};
use crate::files::statement::{Lexeme, lexemes};

/// A database that is gone afterwards: empty but for the extensions of the one beside which it lies.
/// They often belong to whoever set that up, and no migration makes them; those that the scripts make
/// are left to them.
///
/// # Errors
/// When there can be none.
pub fn scratch<'s>(
    backend: Backend,
    server: Option<&DatabaseUrl>,
    scripts: impl IntoIterator<Item = &'s str>,
) -> Result<Scratch, CreateError> {
    with_extensions(backend, server, &made_by(backend, scripts))
}

/// The same, by the names of those that the scripts make.
pub(super) fn with_extensions(
    backend: Backend,
    server: Option<&DatabaseUrl>,
    made: &BTreeSet<String>,
) -> Result<Scratch, CreateError> {
    let mut scratch = Scratch::create(backend, server)
        .map_err(|error| CreateError::Replay { what: error.to_string() })?;
    scratch.bring_extensions(made);
    Ok(scratch)
}

/// The extensions that the scripts make.
pub(super) fn made_by<'s>(
    backend: Backend,
    scripts: impl IntoIterator<Item = &'s str>,
) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if backend == Backend::Postgres {
        scripts.into_iter().for_each(|script| extensions(script, &mut names));
    }
    names
}

fn extensions(script: &str, names: &mut BTreeSet<String>) {
    let lexemes = lexemes(Backend::Postgres, script);
    for (at, lexeme) in lexemes.iter().enumerate() {
        if let Some(body) = lexeme.body() {
            extensions(&body, names);
        }
        let Some(rest) = after(&lexemes[at..], &["CREATE", "EXTENSION"]) else { continue };
        let rest = after(rest, &["IF", "NOT", "EXISTS"]).unwrap_or(rest);
        names.extend(rest.first().and_then(Lexeme::plain).map(|name| name.to_lowercase()));
    }
}

/// What follows the words, if these are they.
fn after<'l, 't>(lexemes: &'l [Lexeme<'t>], words: &[&str]) -> Option<&'l [Lexeme<'t>]> {
    let (first, rest) = lexemes.split_at_checked(words.len())?;
    first.iter().zip(words).all(|(lexeme, word)| lexeme.is(word)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extensions_of_a_script_are_found() {
        let made = made_by(
            Backend::Postgres,
            [
                "-- create extension hstore\nCREATE EXTENSION citext;",
                "create extension if not exists \"uuid-ossp\" SCHEMA public",
                "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS ltree; END $$; DROP EXTENSION cube;",
            ],
        );
        assert_eq!(made.into_iter().collect::<Vec<_>>(), ["citext", "ltree", "uuid-ossp"]);
    }
}
