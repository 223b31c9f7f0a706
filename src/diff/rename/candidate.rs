//! Pairs that look like a rename.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use super::{Likeness, Rename, RenameKind, find};
use crate::model::{Column, Schema, Table};

/// How many are offered for one new name.
const OFFERED: usize = 3;

/// A drop and an add that may be one rename. Never applied without an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RenameCandidate {
    /// The rename that it would be.
    #[serde(flatten)]
    pub rename: Rename,
    /// How alike the two are, from 0 to 100.
    pub score: u8,
}

/// What looks like a rename: tables that share at least half of their columns by name and type,
/// and columns of one table that share the family of their types.
///
/// The best come first; for one new name at most three. A score tells how much else is alike, the
/// name included.
#[must_use]
pub fn candidates(
    from: &Schema,
    to: &Schema,
    likeness: &(impl Likeness + ?Sized),
) -> Vec<RenameCandidate> {
    let mut found = Vec::new();
    let gone: Vec<_> =
        from.tables.values().filter(|table| find(to, &table.name, likeness).is_none()).collect();
    for new in to.tables.values() {
        if let Some(old) = find(from, &new.name, likeness) {
            found.extend(columns(old, new, likeness));
        } else {
            let names: BTreeSet<_> = new.columns.iter().map(|c| c.name.to_lowercase()).collect();
            // Cheap first: a database that is taken over may have a thousand other tables.
            let old = gone.iter().filter(|old| {
                let shared = old.columns.iter().filter(|c| names.contains(&c.name.to_lowercase()));
                old.name.schema == new.name.schema
                    && shared.count() * 2 >= old.columns.len().max(new.columns.len())
            });
            found.extend(best(old.filter_map(|old| table_candidate(old, new, likeness))));
        }
    }
    sort(&mut found);
    found
}

fn sort(candidates: &mut [RenameCandidate]) {
    candidates.sort_by(|a, b| {
        (a.rename.kind, Reverse(a.score), &a.rename).cmp(&(
            b.rename.kind,
            Reverse(b.score),
            &b.rename,
        ))
    });
}

fn best(candidates: impl Iterator<Item = RenameCandidate>) -> Vec<RenameCandidate> {
    let mut candidates: Vec<_> = candidates.collect();
    sort(&mut candidates);
    candidates.truncate(OFFERED);
    candidates
}

fn table_candidate(
    from: &Table,
    to: &Table,
    likeness: &(impl Likeness + ?Sized),
) -> Option<RenameCandidate> {
    let alike = |old: &&Column| {
        to.columns.iter().any(|new| {
            likeness.same_name(&old.name, &new.name)
                && likeness.same_family(&old.sql_type, &new.sql_type)
        })
    };
    let shared: Vec<_> = from.columns.iter().filter(alike).collect();
    let all = from.columns.len().max(to.columns.len());
    // Nearly every table has an `id`: it alone says nothing, unless there is nothing else.
    let telling = shared.len() == all || shared.iter().any(|column| !from.is_key(&column.name));
    if shared.is_empty() || !telling || shared.len() * 2 < all {
        return None;
    }
    let points = 80 * shared.len() / all + name_points(&from.name.name, &to.name.name);
    let rename = Rename::table(from.name.clone(), &to.name.name);
    Some(RenameCandidate { rename, score: clamped(points) })
}

fn columns(from: &Table, to: &Table, likeness: &(impl Likeness + ?Sized)) -> Vec<RenameCandidate> {
    let lacks = |table: &Table, name: &str| {
        !table.columns.iter().any(|column| likeness.same_name(&column.name, name))
    };
    let gone: Vec<_> =
        from.columns.iter().enumerate().filter(|(_, old)| lacks(to, &old.name)).collect();
    let new = to.columns.iter().enumerate().filter(|(_, new)| lacks(from, &new.name));
    new.flat_map(|(new_at, new)| {
        let alike = gone.iter().filter(|(_, old)| {
            likeness.same_family(&old.sql_type, &new.sql_type)
                && from.is_key(&old.name) == to.is_key(&new.name)
                && old.generated.is_some() == new.generated.is_some()
        });
        best(alike.map(|(old_at, old)| {
            // What is alike besides the family of the type, in points.
            let points = [
                (true, 40),
                (old.nullable == new.nullable, 15),
                (old.default == new.default, 15),
                (*old_at == new_at, 10),
            ];
            let points: usize = points.iter().filter(|(alike, _)| *alike).map(|(_, n)| n).sum();
            let score = clamped(points + name_points(&old.name, &new.name));
            let rename = Rename::column(to.name.clone(), &old.name, &new.name);
            RenameCandidate { rename, score }
        }))
    })
    .collect()
}

fn clamped(points: usize) -> u8 {
    u8::try_from(points.min(100)).expect("at most 100")
}

/// Up to 20 points for names that share most of their letters in order.
fn name_points(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // The longest common subsequence, a row at a time.
    let mut row = vec![0usize; b.len() + 1];
    for x in &a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    let longest = a.len().max(b.len()).max(1);
    20 * row[b.len()] / longest
}

impl RenameCandidate {
    /// Whether an applied rename has made this one meaningless.
    #[must_use]
    pub fn contradicts(&self, applied: &Rename) -> bool {
        let same = match self.rename.kind {
            RenameKind::Table => self.rename.table.schema == applied.table.schema,
            RenameKind::Column => self.rename.table == applied.table,
        };
        same && self.rename.kind == applied.kind
            && (self.rename.from == applied.from || self.rename.to == applied.to)
    }
}
