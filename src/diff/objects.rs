//! Objects that are not modelled, between two databases: by their names and the server's own texts.

use super::Operation;
use crate::model::{OtherObject, QualifiedName, Schema};

/// Those that come, go or change, of the ones that `counts`. What stands on a table or view that comes
/// or goes does so with it.
#[must_use]
pub fn objects(
    from: &Schema,
    to: &Schema,
    counts: impl Fn(&OtherObject) -> bool,
) -> Vec<Operation> {
    let stays = |object: &OtherObject| counts(object) && owner_stays(object, from, to);
    let is_in = |object: &OtherObject, side: &Schema| {
        let same = |other: &OtherObject| other.kind == object.kind && other == object;
        side.others.iter().any(same) && !stands_on_a_changed_one(object, from, to)
    };
    let gone = from.others.iter().filter(|object| stays(object) && !is_in(object, to));
    let come = to.others.iter().filter(|object| stays(object) && !is_in(object, from));
    let gone = gone.map(|object| Operation::DropObject { object: object.clone() });
    gone.chain(come.map(|object| Operation::CreateObject { object: object.clone() })).collect()
}

/// Whether what the object stands on is on both sides, and not made anew.
fn owner_stays(object: &OtherObject, from: &Schema, to: &Schema) -> bool {
    let Some(owner) = &object.table else { return true };
    let is = |name: &&QualifiedName| name.name.eq_ignore_ascii_case(&owner.name);
    if let Some(table) = from.tables.keys().chain(to.tables.keys()).find(is) {
        return from.tables.contains_key(table) && to.tables.contains_key(table);
    }
    match from.views.keys().chain(to.views.keys()).find(is) {
        Some(view) => match (from.views.get(view), to.views.get(view)) {
            (Some(old), Some(new)) => old.is_same(new),
            _ => false,
        },
        None => true,
    }
}

/// Whether it goes with a view that is not modelled either, and changes.
fn stands_on_a_changed_one(object: &OtherObject, from: &Schema, to: &Schema) -> bool {
    let Some(owner) = &object.table else { return false };
    let of = |side: &Schema| {
        let mut others = side.others.iter();
        let is = |it: &&OtherObject| {
            it.table.is_none() && it.name.name.eq_ignore_ascii_case(&owner.name)
        };
        others.find(is).map(|view| view.sql.clone())
    };
    of(from) != of(to)
}
