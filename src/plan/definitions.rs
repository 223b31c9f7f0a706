//! The order of domains, composite and range types, and sequences among themselves.

use crate::diff::rename::text;
use crate::model::{Definition, DefinitionBody, Schema};

/// All definitions of both sides, those first that others are built of.
pub(super) struct Ranks<'a>(Vec<&'a Definition>);

impl<'a> Ranks<'a> {
    pub(super) fn of(schemas: [&'a Schema; 2]) -> Self {
        let mut waiting: Vec<&Definition> =
            schemas.into_iter().flat_map(|schema| &schema.definitions).collect();
        let mut ranked = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let ready = waiting.iter().position(|one| {
                !waiting.iter().any(|other| !other.is_same(one) && stands_on(one, other))
            });
            // Those that mention each other only seem to: an attribute may bear a type's name.
            ranked.push(waiting.remove(ready.unwrap_or(0)));
        }
        Self(ranked)
    }

    /// The place of a definition: that of the side that it is of, since one that changes may come to
    /// stand on another.
    pub(super) fn place(&self, definition: &Definition) -> isize {
        let place = self.0.iter().position(|one| *one == definition);
        place.and_then(|place| isize::try_from(place).ok()).unwrap_or_default()
    }
}

/// Whether a text of the definition has the name of the other one.
fn stands_on(definition: &Definition, other: &Definition) -> bool {
    let named = |sql: &str| {
        let quoted = format!("\"{}\"", other.name.name.replace('"', "\"\""));
        sql.contains(&quoted) || text::is_word_of(sql, &other.name.name)
    };
    match &definition.body {
        DefinitionBody::Domain(domain) => {
            named(&domain.native)
                || domain.default.as_deref().is_some_and(named)
                || domain.checks.iter().any(|check| named(&check.expression))
        }
        DefinitionBody::Composite { attributes } => attributes.iter().any(|(_, it)| named(it)),
        DefinitionBody::Range { parameters } => parameters.values().any(|it| named(it)),
        DefinitionBody::Sequence { .. } => false,
    }
}
