//! One table built anew: SQLite's way to change what it cannot alter
//! (<https://sqlite.org/lang_altertable.html#otheralter>), with every row under its own rowid, and
//! with what belongs to the table and does not change kept to the letter.

use super::table::{create_table, is_of, triggers};
use super::{BACKEND, create_index, is_rowid_alias};
use crate::backend::ident::{literal, quote, quote_list, quote_name};
use crate::backend::sqlite::splice;
use crate::backend::{Refusal, Statement};
use crate::diff::Operation;
use crate::model::{Column, Identity, QualifiedName, Schema, Table};

/// The table that the statements of a migration note their findings in.
pub(super) const GUARD: &str = "temp.\"__glowplug_guard\"";

/// The table of the guards that run before.
const LOOK: &str = "temp.\"__glowplug_look\"";

pub(super) fn rebuild(
    old: &Table,
    new: &Table,
    changes: &[Operation],
    from: &Schema,
    to: &Schema,
) -> Result<Vec<Statement>, Refusal> {
    let temporary = free_name(&new.name, from);
    let copy = Copy::of(old, new, changes)?;
    let (name, scratch) = (quote_name(BACKEND, &new.name), quote_name(BACKEND, &temporary));
    let created = match &new.stored {
        Some(stored) => splice::renamed(stored, &new.name.name, &temporary.name)?,
        None => create_table(&Table { name: temporary.clone(), ..new.clone() }),
    };

    let mut statements = vec![guard(old, changes, from), fitness(old, new, changes)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    statements.push(Statement::new(
        format!("Rebuild `{}`: SQLite cannot {} in place.", new.name, reason(changes)),
        format!("{created};"),
    ));
    statements.push(Statement::new(
        "Every row, under its own rowid.",
        format!(
            "INSERT OR ROLLBACK INTO {scratch} ({})\nSELECT {} FROM {name};",
            quote_list(BACKEND, &copy.columns),
            copy.values.join(", ")
        ),
    ));
    statements.push(Statement::new(
        "No row was lost in the copy.",
        format!(
            "INSERT OR ROLLBACK INTO {GUARD} (\"lost_rows\")\n\
             SELECT (SELECT count(*) FROM {name}) - (SELECT count(*) FROM {scratch});"
        ),
    ));
    statements.extend(sequence(old, new, &temporary));
    statements.push(Statement::new(
        "Swap. The legacy flag keeps views and triggers that mention the table out of the rename.",
        format!(
            "DROP TABLE {name};\nPRAGMA legacy_alter_table = ON;\n\
             ALTER TABLE {scratch} RENAME TO {};\nPRAGMA legacy_alter_table = OFF;",
            quote(BACKEND, &new.name.name)
        ),
    ));
    for index in &new.indexes {
        statements.push(create_index(&new.name, index)?);
    }
    // One that comes or changes is created by itself.
    let kept = to.others.iter().filter(|other| from.others.contains(other));
    statements.extend(triggers(&new.name, kept));
    Ok(statements)
}

/// A name for the new table that nothing else has.
fn free_name(table: &QualifiedName, schema: &Schema) -> QualifiedName {
    let is_taken = |name: &QualifiedName| {
        schema.others.iter().any(|other| other.name.name.eq_ignore_ascii_case(&name.name))
    };
    let name = |suffix: &str| table.sibling(format!("__glowplug_new_{}{suffix}", table.name));
    let more = (2..).map(|n: u32| name(&format!("_{n}")));
    let mut names = std::iter::once(name("")).chain(more);
    names.find(|name| !is_taken(name)).expect("there are more numbers than tables")
}

/// What is copied into which column.
struct Copy {
    columns: Vec<String>,
    values: Vec<String>,
}

impl Copy {
    fn of(old: &Table, new: &Table, changes: &[Operation]) -> Result<Self, Refusal> {
        let mut copy = Self { columns: Vec::new(), values: Vec::new() };
        copy.rowid(old, new)?;
        for column in new.columns.iter().filter(|column| column.generated.is_none()) {
            if let Some(value) = value(column, old, changes) {
                copy.columns.push(column.name.clone());
                copy.values.push(value);
            }
        }
        Ok(copy)
    }

    /// A table whose rowid is no column of its own keeps it all the same: other tables and
    /// full-text indexes may know it.
    fn rowid(&mut self, old: &Table, new: &Table) -> Result<(), Refusal> {
        let has_own = |table: &Table| {
            !table.options.without_rowid && !table.columns.iter().any(|c| is_rowid_alias(table, c))
        };
        if !has_own(new) || old.options.without_rowid {
            return Ok(());
        }
        let hidden = |table: &Table, word: &str| {
            table.columns.iter().any(|c| c.name.eq_ignore_ascii_case(word))
        };
        let word = ["rowid", "_rowid_", "oid"]
            .into_iter()
            .find(|word| !hidden(old, word) && !hidden(new, word))
            .ok_or_else(|| {
                Refusal::new(
                    format!("table `{}`", old.name),
                    "it has columns named `rowid`, `_rowid_` and `oid`, so that a rebuild could \
                     not keep its rowids",
                )
            })?;
        self.columns.push(word.to_owned());
        self.values.push(word.to_owned());
        Ok(())
    }
}

/// The value of a column of the new table; `None` leaves it to its default.
fn value(column: &Column, old: &Table, changes: &[Operation]) -> Option<String> {
    let name = quote(BACKEND, &column.name);
    let was_there = old.column(&column.name).is_some();
    let fill = changes.iter().find_map(|change| match change {
        Operation::AddColumn { column: added, fill, .. } if added.name == column.name => {
            fill.clone()
        }
        Operation::AlterColumn { to, fill, .. } if to.name == column.name => fill.clone(),
        _ => None,
    });
    match (was_there, fill) {
        (true, Some(fill)) => Some(format!("coalesce({name}, {fill})")),
        (true, None) => Some(name),
        (false, Some(fill)) => Some(fill),
        (false, None) => None,
    }
}

/// `AUTOINCREMENT` must not hand out an id twice, also where the highest rows are gone.
fn sequence(old: &Table, new: &Table, temporary: &QualifiedName) -> Option<Statement> {
    let counts = |table: &Table| table.columns.iter().any(|c| c.identity == Identity::ByDefault);
    if !counts(old) || !counts(new) {
        return None;
    }
    let (old, temporary) = (literal(BACKEND, &old.name.name), literal(BACKEND, &temporary.name));
    Some(Statement::new(
        "The counter of AUTOINCREMENT goes on where it was.",
        format!(
            "DELETE FROM \"sqlite_sequence\" WHERE \"name\" = {temporary};\n\
             INSERT INTO \"sqlite_sequence\" (\"name\", \"seq\")\n\
             SELECT {temporary}, \"seq\" FROM \"sqlite_sequence\" WHERE \"name\" = {old};"
        ),
    ))
}

/// Before anything runs: the table is the one that this migration was written for.
fn guard(old: &Table, changes: &[Operation], from: &Schema) -> Option<Statement> {
    // A table that an earlier step of this migration creates or renames is not there yet.
    let untouched = from.tables.get(&old.name).is_some_and(|table| table == old);
    if !untouched || changes.is_empty() {
        return None;
    }
    // As lower() does, which knows no letters but those of ASCII (sqlite.org/lang_corefunc.html#lower).
    let mut columns: Vec<_> = old.columns.iter().map(|c| c.name.to_ascii_lowercase()).collect();
    columns.sort();
    let mut objects: Vec<String> = old.indexes.iter().filter_map(|i| i.name.clone()).collect();
    objects.extend(
        from.others
            .iter()
            .filter(|other| other.kind == "trigger" && is_of(other, &old.name))
            .map(|trigger| trigger.name.name.clone()),
    );
    objects.sort();
    let known: Vec<_> = objects.iter().map(|name| literal(BACKEND, name)).collect();
    let name = literal(BACKEND, &old.name.name);
    let message = |text: &str| quote(BACKEND, &format!("{} {text}", old.name));
    Some(Statement::guard(
        format!("`{}` must be the table that this migration was written for.", old.name),
        format!(
            "CREATE TEMP TABLE \"__glowplug_look\" (\n    \
             \"columns\" TEXT CONSTRAINT {} CHECK (\"columns\" = {}),\n    \
             \"objects\" INTEGER CONSTRAINT {} CHECK (\"objects\" = 0)\n);\n\
             INSERT OR ROLLBACK INTO {LOOK} (\"columns\")\n\
             SELECT coalesce(group_concat(\"name\", ','), '') FROM (SELECT lower(\"name\") AS \"name\" FROM pragma_table_xinfo({name}) ORDER BY 1);\n\
             INSERT OR ROLLBACK INTO {LOOK} (\"objects\")\n\
             SELECT count(*) FROM \"main\".\"sqlite_master\"\n\
             WHERE \"tbl_name\" = {name} COLLATE NOCASE AND \"type\" IN ('index', 'trigger') AND \"sql\" IS NOT NULL\n  \
             AND \"name\" NOT IN ({});\n\
             DROP TABLE {LOOK};",
            message("has other columns than this migration knows"),
            literal(BACKEND, &columns.join(",")),
            message("has an index or trigger that this migration does not know"),
            known.join(", ")
        ),
    ))
}

/// Before anything runs: every value fits into its column. NULL and CHECK are looked at again by
/// the copy itself, but a failure there leaves foreign keys switched off.
fn fitness(old: &Table, new: &Table, changes: &[Operation]) -> Option<Statement> {
    let mut conditions = Vec::new();
    for column in &new.columns {
        let Some(before) = old.column(&column.name) else { continue };
        if column.generated.is_some() || before.generated.is_some() {
            continue;
        }
        let filled = value(column, old, changes).is_some_and(|v| v.starts_with("coalesce("));
        let name = quote(BACKEND, &column.name);
        if before.nullable && !column.nullable && !filled {
            conditions.push((column, "holds NULL", format!("{name} IS NULL")));
        }
        if new.options.strict
            && !(old.options.strict && before.sql_type.native == column.sql_type.native)
            && let Some(misfit) = strict_misfit(column, &name)
        {
            conditions.push((column, "holds a value of another type", misfit));
        }
    }
    if conditions.is_empty() {
        return None;
    }
    let mut sql = String::from("CREATE TEMP TABLE \"__glowplug_look\" (");
    for (n, (column, what, _)) in conditions.iter().enumerate() {
        let comma = if n == 0 { "" } else { "," };
        let message = quote(BACKEND, &format!("{}.{} {what}", old.name, column.name));
        sql.push_str(&format!(
            "{comma}\n    \"c{n}\" INTEGER CONSTRAINT {message} CHECK (\"c{n}\" = 0)"
        ));
    }
    sql.push_str("\n);");
    for (n, (_, _, condition)) in conditions.iter().enumerate() {
        sql.push_str(&format!(
            "\nINSERT OR ROLLBACK INTO {LOOK} (\"c{n}\")\nSELECT count(*) FROM {} WHERE {condition};",
            quote_name(BACKEND, &old.name)
        ));
    }
    sql.push_str(&format!("\nDROP TABLE {LOOK};"));
    Some(Statement::guard(format!("The rows of `{}` must fit.", old.name), sql))
}

/// The rows whose value a STRICT table would refuse; the types are those that STRICT knows
/// (<https://sqlite.org/stricttables.html>).
fn strict_misfit(column: &Column, name: &str) -> Option<String> {
    let native = column.sql_type.native.as_deref().unwrap_or_default().to_ascii_uppercase();
    let not_number = |cast: &str| {
        format!(
            "typeof({name}) = 'blob' OR typeof({name}) = 'text' AND CAST(CAST({name} AS {cast}) AS TEXT) <> {name}"
        )
    };
    match native.as_str() {
        "INT" | "INTEGER" => Some(format!(
            "{} OR typeof({name}) = 'real' AND {name} <> CAST({name} AS INTEGER)",
            not_number("INTEGER")
        )),
        "REAL" => Some(not_number("NUMERIC")),
        "TEXT" => Some(format!("typeof({name}) = 'blob'")),
        "BLOB" => Some(format!("typeof({name}) NOT IN ('blob', 'null')")),
        _ => None,
    }
}

/// Why the table is built anew, in the words of a comment.
fn reason(changes: &[Operation]) -> String {
    let mut reasons: Vec<String> = Vec::new();
    for change in changes {
        let reason = match change {
            Operation::AlterColumn { from, to, .. } => alteration(from, to),
            Operation::AlterPrimaryKey { .. } => "change a primary key".to_owned(),
            Operation::AddUnique { .. } | Operation::DropUnique { .. } => {
                "change a unique constraint".to_owned()
            }
            Operation::AddCheck { .. } | Operation::DropCheck { .. } => "change a check".to_owned(),
            Operation::AddForeignKey { .. } | Operation::DropForeignKey { .. } => {
                "change a foreign key".to_owned()
            }
            Operation::AlterTable { .. } => "change the options of a table".to_owned(),
            Operation::AddColumn { column, .. } => format!("add `{}` like this", column.name),
            Operation::DropColumn { column, .. } => format!("drop `{}`", column.name),
            _ => continue,
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    match reasons.as_slice() {
        [] => "do this".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

fn alteration(from: &Column, to: &Column) -> String {
    let name = &to.name;
    if from.sql_type.native != to.sql_type.native {
        format!("change the type of `{name}`")
    } else if from.nullable != to.nullable {
        let what = if to.nullable { "nullable" } else { "NOT NULL" };
        format!("make `{name}` {what}")
    } else if from.default != to.default {
        format!("change the default of `{name}`")
    } else if from.collation != to.collation {
        format!("change the collation of `{name}`")
    } else {
        format!("change `{name}`")
    }
}
