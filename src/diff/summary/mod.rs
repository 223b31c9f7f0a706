//! An operation in a line: `~ column session.plan  text → integer`.

use super::Operation;
use crate::model::{
    Column, Conflict, ConstraintOptions, Definition, EnumType, ForeignKey, Identity, Index,
    IndexKey, IndexPart, PrimaryKey, ReferentialAction, SortOrder, TableOptions,
};

impl Operation {
    /// The operation in one line that starts with `+`, `~` or `-`.
    ///
    /// ```
    /// use glowplug::diff::Operation;
    /// use glowplug::model::Table;
    ///
    /// let operation = Operation::CreateTable { table: Table::new("session") };
    /// assert_eq!(operation.summary(), "+ table session");
    /// ```
    #[must_use]
    pub fn summary(&self) -> String {
        let (sign, words) = describe(self);
        // A name may hold a newline; an operation stays one line.
        format!("{} {}", sign.text(), words.replace('\n', "\\n"))
    }
}

#[derive(Clone, Copy)]
enum Sign {
    Add,
    Remove,
    Change,
}

impl Sign {
    fn text(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Remove => "-",
            Self::Change => "~",
        }
    }
}

fn describe(operation: &Operation) -> (Sign, String) {
    use Sign::{Add, Change, Remove};
    match operation {
        Operation::CreateTable { table } => (Add, format!("table {}", table.name)),
        Operation::DropTable { table } => (Remove, format!("table {}", table.name)),
        Operation::RenameTable { from, to } => (Change, format!("table {from} → {to}")),
        Operation::AlterTable { table, from, to } => {
            let mut what = options(&from.options, &to.options);
            if from.comment != to.comment {
                what.push("comment".to_owned());
            }
            (Change, format!("table {table}  {}", what.join(", ")))
        }
        Operation::AddColumn { table, column, fill } => {
            let fill = fill.as_ref().map_or(String::new(), |fill| format!("  filled with {fill}"));
            (Add, format!("column {table}.{}  {}{fill}", column.name, definition(column)))
        }
        Operation::DropColumn { table, column } => {
            (Remove, format!("column {table}.{}", column.name))
        }
        Operation::RenameColumn { table, from, to } => {
            (Change, format!("column {table}.{from} → {to}"))
        }
        Operation::AlterColumn { table, from, to, fill } => {
            let fill = fill.as_ref().map_or(String::new(), |fill| format!("  filled with {fill}"));
            (Change, format!("column {table}.{}  {}{fill}", to.name, alteration(from, to)))
        }
        Operation::AlterPrimaryKey { table, from, to } => {
            let columns = |key: &Option<PrimaryKey>| {
                key.as_ref().map(|key| key_list(&key.columns, &key.options))
            };
            match (columns(from), columns(to)) {
                (None, Some(to)) => (Add, format!("primary key of {table} {to}")),
                (Some(from), None) => (Remove, format!("primary key of {table} {from}")),
                (from, to) => {
                    let side = |side: Option<String>| side.unwrap_or_else(|| "none".into());
                    (Change, format!("primary key of {table} {} → {}", side(from), side(to)))
                }
            }
        }
        Operation::AddUnique { table, unique } => {
            let columns = key_list(&unique.columns, &unique.options);
            (Add, format!("unique {}{table} {columns}", named(&unique.name)))
        }
        Operation::DropUnique { table, unique } => {
            let columns = key_list(&unique.columns, &unique.options);
            (Remove, format!("unique {}{table} {columns}", named(&unique.name)))
        }
        Operation::AddCheck { table, check } => {
            (Add, format!("check {}{table}  {}", named(&check.name), check.expression))
        }
        Operation::DropCheck { table, check } => {
            (Remove, format!("check {}{table}  {}", named(&check.name), check.expression))
        }
        Operation::AddExclusion { table, exclusion } => {
            (Add, format!("exclude {}{table}  {}", named(&exclusion.name), exclusion.definition))
        }
        Operation::DropExclusion { table, exclusion } => {
            (Remove, format!("exclude {}{table}  {}", named(&exclusion.name), exclusion.definition))
        }
        Operation::AddForeignKey { table, foreign_key } => {
            (Add, reference(&table.to_string(), foreign_key))
        }
        Operation::DropForeignKey { table, foreign_key } => {
            (Remove, reference(&table.to_string(), foreign_key))
        }
        Operation::CreateIndex { table, index } => (Add, index_line(&table.to_string(), index)),
        Operation::DropIndex { table, index } => (Remove, index_line(&table.to_string(), index)),
        Operation::RenamePart { table, index, from, to } => {
            let word = if *index { "index" } else { "constraint" };
            (Change, format!("{word} {from} on {table} → {to}"))
        }
        Operation::CreateView { view } => (Add, format!("view {}", view.name)),
        Operation::DropView { view } => (Remove, format!("view {}", view.name)),
        Operation::CreateEnum { enum_type } => (Add, format!("type {}", enum_type.name)),
        Operation::DropEnum { enum_type } => (Remove, format!("type {}", enum_type.name)),
        Operation::AlterEnum { from, to } => {
            (Change, format!("type {}  {}", to.name, labels(from, to)))
        }
        Operation::CreateDefinition { definition } => (Add, titled(definition)),
        Operation::DropDefinition { definition } => (Remove, titled(definition)),
        Operation::AlterDefinition { to, .. } => (Change, titled(to)),
        Operation::CreateObject { object } => (Add, object.title()),
        Operation::DropObject { object } => (Remove, object.title()),
        Operation::RebuildTable { to, changes, .. } => {
            let changes: Vec<_> = changes.iter().map(Operation::summary).collect();
            (Change, format!("table {}  built anew: {}", to.name, changes.join("; ")))
        }
    }
}

/// `integer, not null, default 0`.
fn definition(column: &Column) -> String {
    let mut words = vec![column.sql_type.to_string()];
    if !column.nullable {
        words.push("not null".into());
    }
    words.extend(column.default.as_ref().map(|default| format!("default {default}")));
    words.extend(column.generated.as_ref().map(|generated| format!("= {}", generated.expression)));
    words.join(", ")
}

/// `text → integer, not null, default 0 → 1`.
fn alteration(from: &Column, to: &Column) -> String {
    let mut words = Vec::new();
    if from.sql_type.to_string() != to.sql_type.to_string() {
        words.push(format!("{} → {}", from.sql_type, to.sql_type));
    } else if from.sql_type.max_length != to.sql_type.max_length {
        words.push("length".into());
    }
    match (from.nullable, to.nullable) {
        (true, false) => words.push("null → not null".into()),
        (false, true) => words.push("not null → null".into()),
        (true, true) | (false, false) => {}
    }
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".into());
    if from.default != to.default {
        words.push(format!("default {} → {}", or_none(&from.default), or_none(&to.default)));
    }
    if from.generated != to.generated {
        words.push("generated".into());
    }
    if from.identity != to.identity {
        words.push(format!("{} → {}", identity(from.identity), identity(to.identity)));
    }
    if from.collation != to.collation {
        words.push(format!("collate {} → {}", or_none(&from.collation), or_none(&to.collation)));
    }
    if from.comment != to.comment {
        words.push("comment".into());
    }
    if from.storage != to.storage {
        words.push(format!("storage {} → {}", or_none(&from.storage), or_none(&to.storage)));
    }
    if from.compression != to.compression {
        let (old, new) = (or_none(&from.compression), or_none(&to.compression));
        words.push(format!("compression {old} → {new}"));
    }
    let conflict = |column: &Column| column.options.on_conflict.map_or("abort", Conflict::word);
    if conflict(from) != conflict(to) {
        words.push(format!("on conflict {} → {}", conflict(from), conflict(to)));
    } else if from.options != to.options {
        words.push("names of constraints".into());
    }
    words.join(", ")
}

fn identity(identity: Identity) -> &'static str {
    match identity {
        Identity::Unstated => "as usual",
        Identity::Unassigned => "unassigned",
        Identity::Rowid => "rowid",
        Identity::ByDefault => "identity",
        Identity::Always => "identity always",
        Identity::Serial => "serial",
    }
}

/// `foreign key session (org_id) → org (id) on delete cascade`.
fn reference(table: &str, key: &ForeignKey) -> String {
    let mut text = format!(
        "foreign key {}{table} {} → {} {}",
        named(&key.name),
        list(&key.columns),
        key.foreign_table,
        list(&key.foreign_columns)
    );
    for (event, action) in [("delete", key.on_delete), ("update", key.on_update)] {
        if action != ReferentialAction::NoAction {
            text.push_str(&format!(" on {event} {}", action.sql().to_lowercase()));
        }
    }
    text
}

/// `index session_recent on session (created_at desc, id) where deleted_at IS NULL`.
fn index_line(table: &str, index: &Index) -> String {
    let unique = if index.unique { "unique " } else { "" };
    let parts: Vec<_> = index.parts.iter().map(part).collect();
    let predicate =
        index.predicate.as_ref().map_or(String::new(), |predicate| format!(" where {predicate}"));
    format!("{unique}index {}{table} {}{predicate}", named(&index.name), list(&parts))
}

fn part(part: &IndexPart) -> String {
    let key = match &part.key {
        IndexKey::Column(name) => name.clone(),
        IndexKey::Expression(expression) => expression.clone(),
    };
    match part.order {
        SortOrder::Ascending => key,
        SortOrder::Descending => format!("{key} desc"),
    }
}

/// `unlogged`, `with none → fillfactor=70`, and `options` for all else.
fn options(from: &TableOptions, to: &TableOptions) -> Vec<String> {
    let mut what = Vec::new();
    match (from.unlogged, to.unlogged) {
        (false, true) => what.push("unlogged".to_owned()),
        (true, false) => what.push("logged".to_owned()),
        (true, true) | (false, false) => {}
    }
    if from.with != to.with {
        let listed = |with: &[String]| match with {
            [] => "none".to_owned(),
            with => with.join(", "),
        };
        what.push(format!("with {} → {}", listed(&from.with), listed(&to.with)));
    }
    let rest = |of: &TableOptions| TableOptions { unlogged: false, with: Vec::new(), ..of.clone() };
    if rest(from) != rest(to) {
        what.push("options".to_owned());
    }
    what
}

/// `domain email`.
fn titled(definition: &Definition) -> String {
    format!("{} {}", definition.kind().word(), definition.name)
}

/// `+ happy, - sad`, and `order` where that changes.
fn labels(from: &EnumType, to: &EnumType) -> String {
    let added = to.values.iter().filter(|value| !from.values.contains(value));
    let removed = from.values.iter().filter(|value| !to.values.contains(value));
    let mut words: Vec<_> = added
        .map(|value| format!("+ {}", label(value)))
        .chain(removed.map(|value| format!("- {}", label(value))))
        .collect();
    let stay = from.values.iter().filter(|value| to.values.contains(value));
    if !stay.eq(to.values.iter().filter(|value| from.values.contains(value))) {
        words.push("order".to_owned());
    }
    words.join(", ")
}

/// A label, in quotes where it could not be told from what stands around it.
fn label(value: &str) -> String {
    let plain = !value.is_empty() && value.trim() == value && !value.contains([',', '\'']);
    if plain { value.to_owned() } else { format!("'{}'", value.replace('\'', "''")) }
}

/// `session_email on `, or nothing where there is no name.
fn named(name: &Option<String>) -> String {
    name.as_ref().map_or(String::new(), |name| format!("{name} on "))
}

/// `(email collate NOCASE, id desc) on conflict replace`.
fn key_list(columns: &[String], options: &ConstraintOptions) -> String {
    let columns: Vec<_> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let part = options.part(at);
            let collation = part.collation.map(|name| format!(" collate {name}"));
            let order = if part.order == SortOrder::Descending { " desc" } else { "" };
            format!("{column}{}{order}", collation.unwrap_or_default())
        })
        .collect();
    let conflict = options.on_conflict.map(|conflict| format!(" on conflict {}", conflict.word()));
    list(&columns) + &conflict.unwrap_or_default()
}

fn list(names: &[String]) -> String {
    format!("({})", names.join(", "))
}

#[cfg(test)]
mod tests;
