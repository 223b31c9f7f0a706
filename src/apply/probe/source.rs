//! The FROM clause of a probe, and values as text.

use crate::backend::{Backend, ident};
use crate::plan::safety::{Source, SourceColumn};

/// The rows as the plan will see them.
///
/// With new names, or new and filled columns, these are two layers: the inner one renames, so that
/// what fills a column may use the others by their new names.
pub(super) fn from_clause(backend: Backend, source: &Source) -> String {
    let table = ident::quote_name(backend, &source.table);
    let alias = ident::quote(backend, &source.alias);
    if source.columns.is_empty() {
        return format!("{table} AS {alias}");
    }
    let quote = |name: &String| ident::quote(backend, name);
    let renamed = source.columns.iter().filter_map(|column| {
        let live = column.live.as_ref()?;
        let live = match &column.cast {
            Some(native) => format!("CAST({} AS {native})", quote(live)),
            None => quote(live),
        };
        Some(format!("{live} AS {}", quote(&column.name)))
    });
    let renamed = renamed.collect::<Vec<_>>().join(", ");
    let filled = source.columns.iter().map(|SourceColumn { name, live, value, .. }| {
        let name = quote(name);
        match (live, value) {
            (_, None) => name,
            (None, Some(value)) => format!("({value}) AS {name}"),
            (Some(_), Some(value)) => format!("coalesce({name}, ({value})) AS {name}"),
        }
    });
    let filled = filled.collect::<Vec<_>>().join(", ");
    format!("(SELECT {filled} FROM (SELECT {renamed} FROM {table}) AS {alias}) AS {alias}")
}

/// One expression that shows the values of all: `a, 1`.
pub(super) fn shown(backend: Backend, values: &[String]) -> String {
    let texts = values.iter().map(|value| match backend {
        Backend::Sqlite => format!(
            "CASE typeof({value}) WHEN 'blob' THEN quote({value}) \
             ELSE coalesce(CAST({value} AS TEXT), 'NULL') END"
        ),
        Backend::Postgres => format!("coalesce(CAST({value} AS text), 'NULL')"),
        Backend::Mysql => format!("coalesce(CAST({value} AS char), 'NULL')"),
    });
    let texts: Vec<_> = texts.collect();
    match backend {
        Backend::Sqlite => format!("CAST({} AS BLOB)", texts.join(" || ', ' || ")),
        Backend::Postgres => format!("convert_to({}, 'UTF8')", texts.join(" || ', ' || ")),
        Backend::Mysql => format!("CAST(concat_ws(', ', {}) AS binary)", texts.join(", ")),
    }
}
