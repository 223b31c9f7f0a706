//! Views, materialised or not, and what hangs on them.

use super::{BACKEND, create_index, enums, limits, part};
use crate::backend::Statement;
use crate::backend::ident::quote_name;
use crate::diff::Operation;
use crate::model::{QualifiedName, Schema, View};

fn word(view: &View) -> &'static str {
    if view.materialized { "MATERIALIZED VIEW" } else { "VIEW" }
}

/// Whether the view is on both sides as it is: it only makes room.
fn stays(view: &View, from: &Schema, to: &Schema) -> bool {
    let same =
        |schema: &Schema| schema.views.get(&view.name).is_some_and(|other| other.is_same(view));
    same(from) && same(to)
}

/// The view, its indexes, and what it had before: owner, options, comments, grants.
pub(super) fn create(view: &View, from: &Schema, to: &Schema) -> Vec<Statement> {
    let definition = view.definition.trim().trim_end_matches(';').trim_end();
    let why = match stays(view, from, to) {
        true => format!("View `{}` again, as it was.", view.name),
        false => format!("View `{}`.", view.name),
    };
    let sql =
        format!("CREATE {} {} AS\n{definition};", word(view), quote_name(BACKEND, &view.name));
    let mut statements = vec![Statement::new(why, sql)];
    for index in &view.indexes {
        statements.push(create_index(&view.name, index));
        statements.extend(part::extras(&view.name, index.name.as_deref(), from, to));
    }
    let extras =
        from.relation_extras.get(&view.name).or_else(|| to.relation_extras.get(&view.name));
    let fits = |extras: &&Vec<String>| are_of(extras).is_none_or(|it| it == view.materialized);
    if let Some(extras) = extras.filter(fits) {
        let why = format!("What `{}` had besides its definition.", view.name);
        statements.push(Statement::new(why, extras.join("\n")));
    }
    statements
}

/// Whether these are of a materialised view, where they are not what either kind may have: the one may
/// take the place of the other.
fn are_of(extras: &[String]) -> Option<bool> {
    const PLAIN: [&str; 4] = ["ALTER VIEW", "COMMENT ON VIEW", "CREATE TRIGGER", "CREATE RULE"];
    const STORED: [&str; 6] = [
        "ALTER MATERIALIZED VIEW",
        "COMMENT ON MATERIALIZED VIEW",
        "REFRESH MATERIALIZED VIEW",
        "CREATE STATISTICS",
        "CREATE INDEX",
        "CREATE UNIQUE INDEX",
    ];
    let has = |starts: &[&str]| {
        extras.iter().any(|sql| starts.iter().any(|start| sql.starts_with(start)))
    };
    if has(&STORED) { Some(true) } else { has(&PLAIN).then_some(false) }
}

pub(super) fn drop(view: &View, from: &Schema, to: &Schema) -> Statement {
    let why = match stays(view, from, to) {
        true => format!("The view `{}` makes room; it comes back below.", view.name),
        false => format!("Drop the view `{}`.", view.name),
    };
    Statement::new(why, format!("DROP {} {};", word(view), quote_name(BACKEND, &view.name)))
}

/// What views may not stand on while the operation runs: a column whose type changes, or that is
/// made anew.
pub(in crate::backend::postgres) fn moves(
    operation: &Operation,
    from: &Schema,
    to: &Schema,
) -> Vec<(QualifiedName, Option<String>)> {
    match operation {
        Operation::AlterColumn { table, from: old, to: new, .. } => {
            let retyped = old.sql_type.native != new.sql_type.native
                || old.collation != new.collation
                || new.generated.is_some() && old.generated != new.generated;
            if !retyped {
                return Vec::new();
            }
            // A refusal comes when it is rendered.
            let computed = limits::computed_from(table, &new.name, from, to).unwrap_or_default();
            let names = computed.iter().map(|(column, _)| &column.name).chain([&new.name]);
            names.map(|name| (table.clone(), Some(name.clone()))).collect()
        }
        Operation::AlterEnum { from: old, to: new } if enums::swaps(old, new, to) => {
            let columns = enums::columns_of(old, from);
            let columns = columns.map(|(table, column)| (table.clone(), Some(column.name.clone())));
            columns.chain([(old.name.clone(), None)]).collect()
        }
        _ => Vec::new(),
    }
}
