//! A second schema, a few changes away from the first, and the answers that the way there needs.

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;

use super::generate::{self, fresh_name};
use super::shape::{Column, Index, KeyForm, Kind, Shape, Table};
use crate::support::case::CaseAnswers;

/// What leads from one shape to the next, besides the shape itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    /// Former names, by the id of the table or column.
    aliases: BTreeMap<usize, String>,
    /// Values for rows that are already there: table, column (by their new names), expression.
    pub(crate) fills: Vec<(usize, usize, &'static str)>,
    /// The former names of tables that go.
    pub(crate) drops: Vec<String>,
    /// Columns whose rows are alike: nothing may be unique in them.
    pub(crate) alike: BTreeSet<usize>,
    /// Columns that were distinct: on the way down they are again.
    distinct: BTreeSet<usize>,
    /// Columns that were a reference: on the way down they are one again.
    references: BTreeSet<usize>,
    /// Columns that were made nullable: on the way down they are not.
    relaxed: BTreeSet<usize>,
    /// Tables that a foreign key needs again on the way down, with their rows.
    parents: BTreeSet<usize>,
    /// What was done, for the message of a failure.
    pub(crate) log: Vec<String>,
}

impl Change {
    pub(crate) fn alias(&self, id: usize) -> Option<&str> {
        self.aliases.get(&id).map(String::as_str)
    }

    pub(crate) fn has_renames(&self) -> bool {
        !self.aliases.is_empty()
    }

    /// A later mutation can make an answer of an earlier one pointless.
    fn forget_what_was_never_there(&mut self, from: &Shape, to: &Shape) {
        self.drops.retain(|name| from.tables.iter().any(|t| t.name == *name));
        self.fills.retain(|(table, column, _)| {
            let Some(old) = from.tables.iter().find(|t| t.id == *table) else { return false };
            let new = to.table(*table).columns.iter().find(|c| c.id == *column);
            let was_nullable = old.columns.iter().find(|c| c.id == *column).map(|c| c.nullable);
            new.is_some_and(|new| !new.nullable) && was_nullable != Some(false)
        });
    }

    /// A column that this change adds has no other value for the rows that are there.
    fn fill_what_has_no_default(&mut self, table: usize, column: &Column) {
        let added = self.alike.contains(&column.id) && !column.nullable;
        if added && column.default.is_none() && !self.fills.iter().any(|fill| fill.1 == column.id) {
            self.fills.push((table, column.id, filler(column.kind)));
        }
    }

    /// An index goes: on the way down its columns are distinct again.
    fn was_distinct(&mut self, table: &Table, index: &Index) {
        let columns = table.columns.iter().map(|column| column.id);
        self.distinct.extend(columns.filter(|id| index.unique && index.names(*id)));
    }

    /// For [`crate::support::fate`].
    pub(crate) fn answers(&self) -> CaseAnswers {
        CaseAnswers { drops: self.drops.clone(), ..CaseAnswers::default() }
    }
}

type Mutation = fn(&mut Rng, &mut Shape, &mut Change, usize) -> Option<String>;

const MUTATIONS: &[Mutation] = &[
    add_nullable,
    add_defaulted,
    add_filled,
    drop_column,
    drop_column,
    rename_column,
    rename_column,
    retype,
    nullability,
    nullability,
    default,
    unique,
    check,
    index,
    index,
    strict,
    without_rowid,
    key,
    autoincrement,
    add_table,
    drop_table,
    rename_table,
    add_reference,
    drop_reference,
    generated,
    action,
    collation,
];

/// One to five changes.
pub(crate) fn mutate(rng: &mut Rng, from: &Shape) -> (Shape, Change) {
    let mut to = from.clone();
    let mut change = Change::default();
    for _ in 0..rng.usize(1..=5) {
        if to.tables.is_empty() {
            break;
        }
        let at = rng.usize(0..to.tables.len());
        let mutation = MUTATIONS[rng.usize(0..MUTATIONS.len())];
        if let Some(said) = mutation(rng, &mut to, &mut change, at) {
            change.log.push(said);
        }
    }
    change.forget_what_was_never_there(from, &to);
    (to, change)
}

fn add_nullable(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let mut column = generate::column(rng, to);
    change.alike.insert(column.id);
    column.nullable = true;
    column.default = None;
    let said = format!("add {:?} to {:?}", column.name, to.tables[at].name);
    to.tables[at].columns.push(column);
    Some(said)
}

fn add_defaulted(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let mut column = generate::column(rng, to);
    column.default = Some(generate::default(rng, column.kind));
    change.alike.insert(column.id);
    let said = format!("add {:?} with a default to {:?}", column.name, to.tables[at].name);
    let place = rng.usize(0..=to.tables[at].columns.len());
    to.tables[at].columns.insert(place, column);
    Some(said)
}

fn add_filled(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let mut column = generate::column(rng, to);
    column.default = None;
    column.nullable = false;
    change.alike.insert(column.id);
    change.fills.push((to.tables[at].id, column.id, filler(column.kind)));
    let said = format!("add {:?}, filled, to {:?}", column.name, to.tables[at].name);
    to.tables[at].columns.push(column);
    Some(said)
}

fn filler(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer | Kind::Small | Kind::Big => "9999",
        Kind::Bool => "1",
        Kind::Text | Kind::Varchar => "'filled'",
        Kind::Digits => "'9999'",
        Kind::Real => "9999.5",
        Kind::Blob => "x'ff'",
    }
}

/// A column of the table that is none of the key, if there is one.
fn some_column(rng: &mut Rng, to: &Shape, at: usize) -> Option<usize> {
    let table = &to.tables[at];
    let free: Vec<usize> =
        table.columns.iter().map(|c| c.id).filter(|id| !table.is_key(*id)).collect();
    (!free.is_empty()).then(|| free[rng.usize(0..free.len())])
}

/// The same, but neither generated nor a reference.
fn plain_column(rng: &mut Rng, to: &Shape, at: usize) -> Option<usize> {
    let id = some_column(rng, to, at)?;
    let table = &to.tables[at];
    (table.column(id).generated.is_none() && table.reference_of(id).is_none()).then_some(id)
}

fn drop_column(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let id = some_column(rng, to, at)
        .filter(|id| !change.references.contains(id) && !change.relaxed.contains(id))?;
    let table = &mut to.tables[at];
    if table.columns.iter().any(|c| c.generated.is_some_and(|(source, _)| source == id)) {
        return None;
    }
    let columns = table.reference_of(id).map(|(reference, _)| reference.columns.clone());
    let gone = columns.unwrap_or_else(|| vec![id]);
    // On the way down one neutral value cannot be distinct, nor refer to a row.
    let distinct = |id: usize| {
        table.reference_of(id).is_some()
            || change.distinct.contains(&id)
            || table.uniques.iter().any(|u| u.columns.contains(&id))
            || table.indexes.iter().any(|i| i.unique && i.names(id))
    };
    if gone.iter().any(|id| distinct(*id) && !table.column(*id).nullable)
        || gone.len() == table.columns.len()
    {
        return None;
    }
    let (lost, kept) =
        table.references.drain(..).partition(|r| r.columns.iter().any(|c| gone.contains(c)));
    table.references = kept;
    let lost: Vec<super::shape::Reference> = lost;
    change.parents.extend(lost.iter().map(|r| r.table));
    table.uniques.retain(|u| !u.columns.iter().any(|c| gone.contains(c)));
    table.checks.retain(|c| !gone.contains(&c.column));
    table.indexes.retain(|i| !gone.iter().any(|id| i.names(*id)));
    table.columns.retain(|c| !gone.contains(&c.id));
    change.fills.retain(|(_, column, _)| !gone.contains(column));
    Some(format!("drop c{id} of {:?}", table.name))
}

fn rename_column(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let place = rng.usize(0..to.tables[at].columns.len());
    let name = fresh_name(rng, to, "c");
    let column = &mut to.tables[at].columns[place];
    let old = std::mem::replace(&mut column.name, name.clone());
    let said = format!("rename {old:?} to {name:?}");
    change.aliases.entry(column.id).or_insert(old);
    Some(said)
}

fn retype(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let id = plain_column(rng, to, at)?;
    let table = to.tables[at].id;
    let column = to.tables[at].column_mut(id);
    let kind = match column.kind {
        Kind::Digits => Kind::Integer,
        Kind::Integer | Kind::Small | Kind::Big => Kind::Digits,
        _ => return None,
    };
    column.kind = kind;
    column.default = None;
    column.collation = None;
    change.fill_what_has_no_default(table, column);
    let said = format!("{:?} becomes {kind:?}", column.name);
    let table = &mut to.tables[at];
    table.indexes.retain(|i| !i.names(id));
    Some(said)
}

fn nullability(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let id = plain_column(rng, to, at).filter(|id| !change.references.contains(id))?;
    let table = to.tables[at].id;
    let column = to.tables[at].column_mut(id);
    change.fills.retain(|(_, filled, _)| *filled != id);
    column.nullable = !column.nullable;
    change.relaxed.insert(id);
    if !column.nullable {
        change.fills.push((table, id, filler(column.kind)));
    }
    Some(format!("{:?} nullable: {}", column.name, column.nullable))
}

fn default(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let id = plain_column(rng, to, at)?;
    let table = to.tables[at].id;
    let column = to.tables[at].column_mut(id);
    column.default = match column.default {
        Some(_) if rng.bool() => None,
        _ => Some(generate::default(rng, column.kind)),
    };
    change.fill_what_has_no_default(table, column);
    Some(format!("{:?} default: {:?}", column.name, column.default))
}

fn unique(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    if rng.bool() && !to.tables[at].uniques.is_empty() {
        let unique = to.tables[at].uniques.pop()?;
        change.distinct.extend(unique.columns);
        return Some("drop a unique".to_owned());
    }
    let table = to.tables[at].clone();
    let unique = generate::unique(rng, to, &table);
    if unique.columns.is_empty() || unique.columns.iter().all(|c| change.alike.contains(c)) {
        return None;
    }
    let said = format!("add {unique:?}");
    to.tables[at].uniques.push(unique);
    generate::dedup_uniques(&mut to.tables[at]);
    Some(said)
}

fn check(rng: &mut Rng, to: &mut Shape, _: &mut Change, at: usize) -> Option<String> {
    if rng.bool() && !to.tables[at].checks.is_empty() {
        to.tables[at].checks.remove(0);
        return Some("drop a check".to_owned());
    }
    let table = to.tables[at].clone();
    let check = generate::check(rng, to, &table);
    let said = format!("add {check:?}");
    to.tables[at].add_check(check);
    Some(said)
}

fn index(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let table = to.tables[at].clone();
    let mut index = generate::index(rng, to, &table);
    index.unique &= !change.alike.iter().any(|id| index.names(*id));
    match rng.usize(0..3) {
        0 if !table.indexes.is_empty() => {
            change.was_distinct(&table, &to.tables[at].indexes.remove(0));
            Some("drop an index".to_owned())
        }
        1 if !table.indexes.is_empty() => {
            index.name.clone_from(&table.indexes[0].name);
            let old = std::mem::replace(&mut to.tables[at].indexes[0], index);
            change.was_distinct(&table, &old);
            Some("change an index".to_owned())
        }
        _ => {
            to.tables[at].indexes.push(index);
            Some("add an index".to_owned())
        }
    }
}

fn strict(_: &mut Rng, to: &mut Shape, _: &mut Change, at: usize) -> Option<String> {
    let table = &mut to.tables[at];
    let fits =
        |kind| matches!(kind, Kind::Integer | Kind::Text | Kind::Digits | Kind::Real | Kind::Blob);
    if table.columns.iter().any(|c| !fits(c.kind)) {
        return None;
    }
    table.strict = !table.strict;
    Some(format!("{:?} strict: {}", table.name, table.strict))
}

fn without_rowid(_: &mut Rng, to: &mut Shape, _: &mut Change, at: usize) -> Option<String> {
    let table = &mut to.tables[at];
    if table.key_form != KeyForm::Plain {
        return None;
    }
    table.without_rowid = !table.without_rowid;
    Some(format!("{:?} without rowid: {}", table.name, table.without_rowid))
}

fn key(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let id = to.tables[at].id;
    if to.tables[at].key_form != KeyForm::Plain || to.is_needed(id) {
        return None;
    }
    let table = &mut to.tables[at];
    match table.key.len() {
        1 => {
            let more = table.columns.iter().find(|c| {
                !c.nullable
                    && c.kind.is_distinct()
                    && c.generated.is_none()
                    && !table.key.contains(&c.id)
            })?;
            if change.alike.contains(&more.id) || change.fills.iter().any(|f| f.1 == more.id) {
                return None;
            }
            let more = more.id;
            table.key.push(more);
        }
        _ if rng.bool() => table.key.reverse(),
        _ => change.distinct.extend(table.key.pop()),
    }
    generate::dedup_uniques(table);
    Some(format!("the key of {:?} is {:?}", table.name, table.key))
}

fn autoincrement(_: &mut Rng, to: &mut Shape, _: &mut Change, at: usize) -> Option<String> {
    let table = &mut to.tables[at];
    table.key_form = match table.key_form {
        KeyForm::Rowid => KeyForm::Autoincrement,
        KeyForm::Autoincrement => KeyForm::Rowid,
        KeyForm::Plain | KeyForm::None => return None,
    };
    Some(format!("{:?} is {:?}", table.name, table.key_form))
}

fn add_table(rng: &mut Rng, to: &mut Shape, _: &mut Change, _: usize) -> Option<String> {
    let table = generate::table(rng, to);
    let said = format!("add table {:?}", table.name);
    to.tables.push(table);
    if rng.bool() {
        let target = rng.usize(0..to.tables.len());
        let at = to.tables.len() - 1;
        generate::reference(rng, to, at, target);
    }
    Some(said)
}

fn drop_table(_: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let table = to.tables[at].clone();
    let needed = to
        .tables
        .iter()
        .any(|t| t.id != table.id && t.references.iter().any(|r| r.table == table.id));
    if needed
        || change.parents.contains(&table.id)
        || to.mentioned.contains(&table.id)
        || to.tables.len() == 1
    {
        return None;
    }
    to.tables.remove(at);
    change.fills.retain(|(filled, _, _)| *filled != table.id);
    let old = change.aliases.remove(&table.id).unwrap_or_else(|| table.name.clone());
    change.drops.push(old);
    Some(format!("drop table {:?}", table.name))
}

fn rename_table(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let name = fresh_name(rng, to, "t");
    let table = &mut to.tables[at];
    let old = std::mem::replace(&mut table.name, name.clone());
    let said = format!("rename table {old:?} to {name:?}");
    change.aliases.entry(table.id).or_insert(old);
    Some(said)
}

fn add_reference(rng: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let target = rng.usize(0..to.tables.len());
    let known = to.tables[at].references.len();
    generate::reference(rng, to, at, target);
    let table = &mut to.tables[at];
    let columns = table.references.get(known)?.columns.clone();
    for id in columns {
        table.column_mut(id).nullable = true;
        change.alike.insert(id);
    }
    Some(format!("{:?} refers to table {target}", table.name))
}

fn drop_reference(_: &mut Rng, to: &mut Shape, change: &mut Change, at: usize) -> Option<String> {
    let reference = to.tables[at].references.pop()?;
    change.references.extend(reference.columns);
    change.parents.insert(reference.table);
    Some(format!("{:?} loses a foreign key", to.tables[at].name))
}

fn generated(rng: &mut Rng, to: &mut Shape, _: &mut Change, at: usize) -> Option<String> {
    let found = to.tables[at].columns.iter().position(|c| c.generated.is_some());
    if let Some(place) = found
        && let Some((_, stored)) = &mut to.tables[at].columns[place].generated
    {
        *stored = !*stored;
        return Some("a generated column is stored elsewhere".to_owned());
    }
    let mut table = to.tables[at].clone();
    let source = table.columns[rng.usize(0..table.columns.len())].id;
    let stored = rng.bool();
    generate::generated(rng, to, &mut table, source, stored);
    to.tables[at] = table;
    Some("add a generated column".to_owned())
}

fn action(_: &mut Rng, to: &mut Shape, _: &mut Change, at: usize) -> Option<String> {
    let reference = to.tables[at].references.last_mut()?;
    reference.on_delete = if reference.on_delete == "CASCADE" { "NO ACTION" } else { "CASCADE" };
    Some(format!("ON DELETE {}", reference.on_delete))
}

fn collation(rng: &mut Rng, to: &mut Shape, _: &mut Change, at: usize) -> Option<String> {
    let id = plain_column(rng, to, at)?;
    let column = to.tables[at].column_mut(id);
    if !column.kind.is_text() {
        return None;
    }
    column.collation = if column.collation.is_some() { None } else { Some("NOCASE") };
    Some(format!("{:?} collates {:?}", column.name, column.collation))
}
