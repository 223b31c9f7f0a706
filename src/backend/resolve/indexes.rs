//! Indexes: names and spellings are the database's where the two mean the same.

use super::constraints::dropped_columns;
use crate::backend::Dialect;
use crate::model::{Index, IndexKey, Table};

/// Takes over equal indexes of the database, and names those that have no name.
pub(super) fn adopt(table: &mut Table, existing: Option<&Table>, dialect: &dyn Dialect) {
    let mut free: Vec<&Index> = existing.map(|t| t.indexes.iter().collect()).unwrap_or_default();
    // Named ones first: an index without a name must not take a named one's counterpart.
    for named in [true, false] {
        for index in table.indexes.iter_mut().filter(|i| i.name.is_some() == named) {
            let at = free.iter().position(|old| {
                (index.name.is_none() || index.name == old.name) && same(index, old, dialect)
            });
            if let Some(at) = at {
                *index = free.remove(at).clone();
            }
        }
    }
    if dialect.capabilities().foreign_keys_need_index {
        keep_for_foreign_keys(table, &mut free);
    }
    let mut taken: Vec<String> = table.indexes.iter().filter_map(|i| i.name.clone()).collect();
    taken.extend(free.iter().filter_map(|i| i.name.clone()));
    let name = table.name.name.clone();
    for index in table.indexes.iter_mut().filter(|i| i.name.is_none()) {
        let implied = implied_name(&name, index, &taken, dialect);
        taken.push(implied.clone());
        index.name = Some(implied);
    }
}

/// Where the server makes an index for each foreign key, one that is there is that, whatever its
/// name.
fn keep_for_foreign_keys(table: &mut Table, free: &mut Vec<&Index>) {
    for columns in table.foreign_keys.iter().map(|key| key.columns.clone()).collect::<Vec<_>>() {
        let starts = |key: &[String]| key.starts_with(&columns);
        let leading = |index: &Index| {
            let names = index.parts.iter().map_while(|part| match &part.key {
                IndexKey::Column(name) if part.length.is_none() => Some(name.clone()),
                IndexKey::Column(_) | IndexKey::Expression(_) => None,
            });
            names.collect::<Vec<_>>()
        };
        let served = table.primary_key.as_ref().is_some_and(|key| starts(&key.columns))
            || table.uniques.iter().any(|unique| starts(&unique.columns))
            || table.indexes.iter().any(|index| starts(&leading(index)));
        let exact = free.iter().position(|old| {
            !old.unique && old.parts.len() == columns.len() && leading(old) == columns
        });
        if let (false, Some(at)) = (served, exact) {
            table.indexes.push(free.remove(at).clone());
        }
    }
}

/// Whether two indexes are the same apart from name, text, and spelling of expressions.
fn same(new: &Index, old: &Index, dialect: &dyn Dialect) -> bool {
    let key = |sql: &str| dialect.normalize_expression(sql);
    let bare = |index: &Index| {
        let mut index = index.clone();
        dialect.normalize_index(&mut index);
        index.name = None;
        index.stored = None;
        index.predicate = index.predicate.as_deref().map(key);
        for part in &mut index.parts {
            if let IndexKey::Expression(sql) = &mut part.key {
                *sql = key(sql);
            }
        }
        index
    };
    bare(new) == bare(old)
}

/// `session_status_idx`, PostgreSQL's own convention; `expr` stands for an expression.
fn implied_name(table: &str, index: &Index, taken: &[String], dialect: &dyn Dialect) -> String {
    let mut words = vec![table];
    words.extend(index.parts.iter().map(|part| match &part.key {
        IndexKey::Column(name) => name.as_str(),
        IndexKey::Expression(_) => "expr",
    }));
    let base = words.join("_");
    let room = dialect.capabilities().max_identifier_bytes.unwrap_or(usize::MAX);
    (0..)
        .map(|n: usize| {
            let suffix = if n == 0 { "_idx".to_owned() } else { format!("_idx{n}") };
            let mut end = base.len().min(room.saturating_sub(suffix.len()));
            while !base.is_char_boundary(end) {
                end -= 1;
            }
            format!("{}{suffix}", &base[..end])
        })
        .find(|name| !taken.contains(name))
        .expect("the numbers do not end")
}

/// In a table that is not described, an index goes with a column that it stands on.
pub(super) fn forget_dropped_columns(table: &mut Table, existing: &Table, dialect: &dyn Dialect) {
    let dropped = dropped_columns(table, existing);
    let touches = |index: &Index| {
        dropped.iter().any(|column| {
            index.include.contains(column)
                || index.predicate.as_deref().is_some_and(|sql| dialect.mentions(sql, column))
                || index.parts.iter().any(|part| match &part.key {
                    IndexKey::Column(name) => name == column,
                    IndexKey::Expression(sql) => dialect.mentions(sql, column),
                })
        })
    };
    table.indexes.retain(|index| !touches(index));
}
