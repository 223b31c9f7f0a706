//! Names in the models that the backend cannot have, or cannot tell apart.

use std::collections::BTreeMap;

use crate::backend::{Dialect, Refusal};
use crate::model::{QualifiedName, Schema};

/// The tables of Diesel's and glowplug's own history.
const OWN: [(&str, &str); 2] =
    [("__diesel_schema_migrations", "Diesel"), ("__glowplug", "glowplug")];

/// Every table that a migration must not make, and every two names that are one to the backend.
pub(super) fn refuse(models: &Schema, dialect: &dyn Dialect) -> Vec<Refusal> {
    let mut refusals: Vec<_> =
        models.tables.keys().filter_map(|name| reserved(name, dialect)).collect();
    let relations = models.tables.keys().chain(models.views.keys());
    let names = relations.map(|name| (name.schema.as_deref(), name.name.as_str()));
    refusals.extend(clashes(names, dialect).map(|((schema, first), second)| {
        let of =
            |name: &str| QualifiedName { schema: schema.map(str::to_owned), name: name.to_owned() };
        refusal(format!("names `{}` and `{}`", of(first), of(second)), dialect)
    }));
    for table in models.tables.values() {
        let names = table.columns.iter().map(|column| (None, column.name.as_str()));
        refusals.extend(clashes(names, dialect).map(|((_, first), second)| {
            refusal(format!("columns `{first}` and `{second}` of `{}`", table.name), dialect)
        }));
    }
    refusals
}

fn reserved(name: &QualifiedName, dialect: &dyn Dialect) -> Option<Refusal> {
    let own = OWN.iter().find(|(prefix, _)| name.name.starts_with(prefix));
    let owner = match own {
        Some((_, owner)) => (*owner).to_owned(),
        None if dialect.is_reserved(&name.name) => dialect.backend().to_string(),
        None => return None,
    };
    let refusal = Refusal::new(
        format!("table `{name}`"),
        format!("the name belongs to {owner}, and is no table of the models"),
    );
    Some(refusal.hint(format!(
        "leave it out of the comparison: `unmanaged = [\"{name}\"]` in `[package.metadata.glowplug]`"
    )))
}

/// The pairs of names of one schema that differ, but not to the backend.
fn clashes<'a>(
    names: impl Iterator<Item = (Option<&'a str>, &'a str)>,
    dialect: &dyn Dialect,
) -> impl Iterator<Item = ((Option<&'a str>, &'a str), &'a str)> {
    let folds = dialect.capabilities().case_insensitive_names;
    let mut known = BTreeMap::new();
    names.filter(move |_| folds).filter_map(move |(schema, name)| {
        let first = known.insert((schema, name.to_ascii_lowercase()), name)?;
        (first != name).then_some(((schema, first), name))
    })
}

fn refusal(object: String, dialect: &dyn Dialect) -> Refusal {
    Refusal::new(
        object,
        format!("they differ in case only, and {} takes them for one", dialect.backend()),
    )
}
