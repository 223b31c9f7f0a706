//! Expressions as the server itself would write them.
//!
//! `status IN ('a', 'b')` comes back as `status = ANY (ARRAY['a'::text, 'b'::text])`. Rather than
//! know how, we ask: expressions that differ in text from their counterpart are given to temporary
//! tables of the same shape, read back, and rolled back. One pass is not always a fixpoint (`IN` on
//! a varchar takes two), so it is repeated until the text is stable.

mod scratch;

use diesel::PgConnection;

use super::normalize::{expression, without_parentheses};
use crate::backend::DatabaseError;
use crate::model::{
    CheckConstraint, Column, DefinitionBody, Index, IndexKey, QualifiedName, Schema, Table,
};

/// After so many passes a text is taken as it is.
const PASSES: usize = 3;

/// Where an expression stands in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The default of a column.
    Default(usize),
    /// The expression of a generated column.
    Generated(usize),
    /// A check.
    Check(usize),
    /// The predicate of an index.
    Predicate(usize),
    /// A key of an index, by its position.
    Key(usize, usize),
    /// An exclusion constraint.
    Exclusion(usize),
    /// The definition of a view.
    View,
    /// The default of a domain.
    DomainDefault,
    /// A check of a domain.
    DomainCheck(usize),
}

/// One expression of `to` that differs from its counterpart.
struct Item {
    /// Its table, or the view.
    owner: QualifiedName,
    place: Place,
    /// The text, as far as the server has rewritten it.
    text: String,
    /// Keys of the texts that it might turn out to be.
    targets: Vec<String>,
    settled: bool,
}

/// Gives the expressions of `to` the text of their counterparts in `from` where the server writes
/// both the same. Costs no statement when no text differs; what it creates is rolled back.
///
/// An expression that the server refuses here (it may use what only the migration brings) keeps its
/// text.
///
/// # Errors
/// When the connection fails.
pub fn canonicalize(
    connection: &mut PgConnection,
    from: &Schema,
    to: &mut Schema,
) -> Result<(), DatabaseError> {
    let mut items = collect(from, to);
    if items.iter().all(|item| item.settled) {
        return Ok(());
    }
    let place = scratch::Scratch::allowed(connection)?;
    for _ in 0..PASSES {
        let open: Vec<usize> = (0..items.len()).filter(|at| !items[*at].settled).collect();
        if open.is_empty() {
            break;
        }
        let texts = scratch::deparse(connection, place, to, &items, &open)?;
        for (at, text) in open.into_iter().zip(texts) {
            let item = &mut items[at];
            match text {
                Some(text) if text != item.text => {
                    item.settled = item.targets.contains(&expression(&text));
                    item.text = text;
                }
                Some(_) | None => item.settled = true,
            }
        }
    }
    adopt(from, to, &items);
    Ok(())
}

/// The expressions of tables and views that are on both sides and differ in text.
fn collect(from: &Schema, to: &Schema) -> Vec<Item> {
    let mut items = Vec::new();
    for table in to.tables.values() {
        if let Some(old) = from.tables.get(&table.name) {
            columns(old, table, &mut items);
            checks(old, table, &mut items);
            exclusions(old, table, &mut items);
            indexes(old, table, &mut items);
        }
    }
    domains(from, to, &mut items);
    for view in to.views.values() {
        let old = from.views.get(&view.name).map(|old| old.definition.as_str());
        push(&mut items, &view.name, Place::View, &view.definition, old);
        if let Some(old) = from.views.get(&view.name) {
            indexes(&old.as_table(), &view.as_table(), &mut items);
        }
    }
    items
}

/// One expression and its only possible counterpart.
fn push(items: &mut Vec<Item>, owner: &QualifiedName, place: Place, text: &str, old: Option<&str>) {
    if let Some(old) = old
        && expression(old) != expression(text)
    {
        items.push(Item {
            owner: owner.clone(),
            place,
            text: text.to_owned(),
            targets: vec![expression(old)],
            settled: false,
        });
    }
}

fn columns(old: &Table, new: &Table, items: &mut Vec<Item>) {
    for (at, column) in new.columns.iter().enumerate() {
        let Some(old) = old.column(&column.name) else { continue };
        if let Some(default) = &column.default {
            push(items, &new.name, Place::Default(at), default, old.default.as_deref());
        }
        if let Some(generated) = &column.generated {
            let old = old.generated.as_ref().map(|generated| generated.expression.as_str());
            push(items, &new.name, Place::Generated(at), &generated.expression, old);
        }
    }
}

fn checks(old: &Table, new: &Table, items: &mut Vec<Item>) {
    for (at, check) in new.checks.iter().enumerate() {
        if old.checks.iter().any(|old| same_check(old, check)) {
            continue;
        }
        items.push(Item {
            owner: new.name.clone(),
            place: Place::Check(at),
            text: check.expression.clone(),
            targets: old.checks.iter().map(|old| expression(&old.expression)).collect(),
            settled: old.checks.is_empty(),
        });
    }
}

fn exclusions(old: &Table, new: &Table, items: &mut Vec<Item>) {
    for (at, exclusion) in new.exclusions.iter().enumerate() {
        if old.exclusions.contains(exclusion) {
            continue;
        }
        items.push(Item {
            owner: new.name.clone(),
            place: Place::Exclusion(at),
            text: exclusion.definition.clone(),
            targets: old.exclusions.iter().map(|old| expression(&old.definition)).collect(),
            settled: old.exclusions.is_empty(),
        });
    }
}

fn indexes(old: &Table, new: &Table, items: &mut Vec<Item>) {
    for (at, index) in new.indexes.iter().enumerate() {
        if old.indexes.iter().any(|old| same_index(old, index)) {
            continue;
        }
        let mut item = |place, text: &str, targets: Vec<String>| {
            items.push(Item {
                owner: new.name.clone(),
                place,
                text: text.to_owned(),
                settled: targets.is_empty(),
                targets,
            });
        };
        if let Some(predicate) = &index.predicate {
            let predicates = old.indexes.iter().filter_map(|old| old.predicate.as_deref());
            item(Place::Predicate(at), predicate, predicates.map(expression).collect());
        }
        for (part, key) in index.parts.iter().enumerate() {
            if let IndexKey::Expression(text) = &key.key {
                let parts = old.indexes.iter().flat_map(|old| &old.parts);
                let keys = parts.filter_map(|part| match &part.key {
                    IndexKey::Expression(sql) => Some(expression(sql)),
                    IndexKey::Column(_) => None,
                });
                item(Place::Key(at, part), text, keys.collect());
            }
        }
    }
}

fn domains(from: &Schema, to: &Schema, items: &mut Vec<Item>) {
    for definition in &to.definitions {
        let old = from.definition(definition).map(|old| &old.body);
        let (DefinitionBody::Domain(new), Some(DefinitionBody::Domain(old))) =
            (&definition.body, old)
        else {
            continue;
        };
        if let Some(default) = &new.default {
            push(items, &definition.name, Place::DomainDefault, default, old.default.as_deref());
        }
        for (at, check) in new.checks.iter().enumerate() {
            if !old.checks.iter().any(|old| same_check(old, check)) {
                items.push(Item {
                    owner: definition.name.clone(),
                    place: Place::DomainCheck(at),
                    text: check.expression.clone(),
                    targets: old.checks.iter().map(|old| expression(&old.expression)).collect(),
                    settled: old.checks.is_empty(),
                });
            }
        }
    }
}

/// Puts the server's texts in place, and takes over what turns out to be the same.
fn adopt(from: &Schema, to: &mut Schema, items: &[Item]) {
    adopt_domains(from, to, items);
    for item in items.iter().filter(|item| item.place == Place::View) {
        let Some(old) = from.views.get(&item.owner) else { continue };
        if expression(&old.definition) == expression(&item.text)
            && let Some(view) = to.views.get_mut(&item.owner)
        {
            view.definition.clone_from(&old.definition);
            view.stored.clone_from(&old.stored);
        }
    }
    for view in to.views.values_mut() {
        let items: Vec<&Item> = items.iter().filter(|item| item.owner == view.name).collect();
        if let Some(old) = from.views.get(&view.name) {
            let written = as_written(&view.as_table(), &items);
            adopt_indexes(&old.indexes, &written.indexes, &mut view.indexes);
        }
    }
    for table in to.tables.values_mut() {
        let items: Vec<&Item> = items.iter().filter(|item| item.owner == table.name).collect();
        if let (Some(old), false) = (from.tables.get(&table.name), items.is_empty()) {
            let written = as_written(table, &items);
            adopt_columns(old, &written, &mut table.columns);
            pair(&old.checks, &written.checks, &mut table.checks, same_but_for_its_name);
            pair(&old.exclusions, &written.exclusions, &mut table.exclusions, |old, new| {
                let implied = |name: Option<&str>| name.is_none_or(|name| name.contains("_excl"));
                expression(&old.definition) == expression(&new.definition)
                    && old.deferrable == new.deferrable
                    && (old.name == new.name
                        || implied(old.name.as_deref()) && implied(new.name.as_deref()))
            });
            adopt_indexes(&old.indexes, &written.indexes, &mut table.indexes);
        }
    }
}

fn adopt_indexes(old: &[Index], written: &[Index], new: &mut [Index]) {
    pair(old, written, new, |old, new| {
        let implied = |name: Option<&str>| {
            let name = name.unwrap_or_default();
            name.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with("_idx")
        };
        let nameless = |index: &Index| Index { name: None, ..index.clone() };
        same_index(old, new)
            || implied(old.name.as_deref())
                && implied(new.name.as_deref())
                && same_index(&nameless(old), &nameless(new))
    });
}

fn adopt_domains(from: &Schema, to: &mut Schema, items: &[Item]) {
    for definition in &mut to.definitions {
        let old = from.definition(definition).map(|old| &old.body);
        let (DefinitionBody::Domain(new), Some(DefinitionBody::Domain(old))) =
            (&mut definition.body, old)
        else {
            continue;
        };
        let mut written = new.clone();
        for item in items.iter().filter(|item| item.owner == definition.name) {
            match item.place {
                Place::DomainDefault => written.default = Some(item.text.clone()),
                Place::DomainCheck(at) => written.checks[at].expression.clone_from(&item.text),
                _ => {}
            }
        }
        if let (Some(a), Some(b)) = (&old.default, &written.default)
            && expression(a) == expression(b)
        {
            new.default.clone_from(&old.default);
        }
        pair(&old.checks, &written.checks, &mut new.checks, same_but_for_its_name);
        new.checks.sort_by(|a, b| a.name.cmp(&b.name));
    }
}

/// The table with the texts that the server wrote.
fn as_written(table: &Table, items: &[&Item]) -> Table {
    let mut written = table.clone();
    for item in items {
        let text = item.text.clone();
        match item.place {
            Place::Default(at) => written.columns[at].default = Some(text),
            Place::Generated(at) => {
                if let Some(generated) = &mut written.columns[at].generated {
                    generated.expression = text;
                }
            }
            Place::Check(at) => written.checks[at].expression = text,
            Place::Exclusion(at) => written.exclusions[at].definition = text,
            Place::Predicate(at) => written.indexes[at].predicate = Some(text),
            Place::Key(at, part) => {
                written.indexes[at].parts[part].key = IndexKey::Expression(text);
            }
            Place::View | Place::DomainDefault | Place::DomainCheck(_) => {}
        }
    }
    written
}

fn adopt_columns(old: &Table, written: &Table, columns: &mut [Column]) {
    for (column, written) in columns.iter_mut().zip(&written.columns) {
        let Some(old) = old.column(&column.name) else { continue };
        if let (Some(a), Some(b)) = (&old.default, &written.default)
            && expression(a) == expression(b)
        {
            column.default.clone_from(&old.default);
        }
        if let (Some(a), Some(b)) = (&old.generated, &written.generated)
            && expression(&a.expression) == expression(&b.expression)
        {
            column.generated.clone_from(&old.generated);
        }
    }
}

/// Replaces each of `new` by the first of `old` that equals its `written` form and is not taken.
fn pair<T: Clone>(old: &[T], written: &[T], new: &mut [T], same: impl Fn(&T, &T) -> bool) {
    let mut free: Vec<&T> = old.iter().collect();
    for (new, written) in new.iter_mut().zip(written) {
        if let Some(at) = free.iter().position(|old| same(old, written)) {
            *new = free.remove(at).clone();
        }
    }
}

/// The same check, whatever the server called it.
fn same_but_for_its_name(old: &CheckConstraint, new: &CheckConstraint) -> bool {
    same_check(old, new)
        || old.options == new.options
            && expression(&old.expression) == expression(&new.expression)
            && is_implied(old.name.as_deref())
            && is_implied(new.name.as_deref())
}

fn same_check(old: &CheckConstraint, new: &CheckConstraint) -> bool {
    old.name == new.name
        && old.options == new.options
        && expression(&old.expression) == expression(&new.expression)
}

/// Whether a name is one that the server might have given: then it says nothing.
fn is_implied(name: Option<&str>) -> bool {
    name.is_none_or(|name| name.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with("_check"))
}

fn same_index(old: &Index, new: &Index) -> bool {
    let bare = |index: &Index| {
        let mut index = Index { stored: None, ..index.clone() };
        index.predicate = index.predicate.as_deref().map(expression);
        for part in &mut index.parts {
            if let IndexKey::Expression(sql) = &mut part.key {
                *sql = expression(sql);
            }
        }
        index
    };
    bare(old) == bare(new)
}

/// The text as the model keeps it.
fn bare_text(text: &str) -> String {
    without_parentheses(text.trim().trim_end_matches(';')).to_owned()
}
