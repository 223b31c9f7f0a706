//! What `index` of `ddl!` says, by SQL names.

use proc_macro2::{Ident, Span};

use super::ddl_index::{Included, IndexClause, PartClause, PartKey};
use super::merge::{taken, twice};
use super::resolve;
use super::table_macro::TableDecl;
use super::tokens::{Fault, Parsed, name_of};
use crate::backend::Backend;
use crate::model::{ConstraintOptions, Index, IndexKey, IndexPart};

/// Two indexes share no name, and none is there twice.
pub(super) fn check_new(indexes: &[Index], new: &Index, span: Span) -> Parsed<()> {
    let known = |other: &Index| other.name.is_some() && other.name == new.name;
    if indexes.iter().any(known) {
        return Err(taken(new.name.as_deref().unwrap_or_default(), span));
    }
    if indexes.contains(new) {
        return Err(twice("index", span));
    }
    Ok(())
}

/// Storage parameters, one by one.
pub(super) fn parameters(with: Option<String>) -> Vec<String> {
    let with = with.unwrap_or_default();
    let mut with: Vec<String> = with.split(',').map(|part| part.trim().to_owned()).collect();
    with.retain(|part| !part.is_empty());
    with
}

/// The index of a materialised view. Its columns are those of the `table!` of its name; without
/// one they are written as SQL.
pub(super) fn of_view(
    decl: Option<&TableDecl>,
    clause: IndexClause,
    backend: Backend,
) -> Parsed<Option<Index>> {
    let column = |ident: &Ident| match decl {
        Some(decl) => resolve::column(decl, ident),
        None => {
            let name = name_of(ident);
            Err(Fault::new(ident.span(), format!("no `table!` says what the column `{name}` is"))
                .hint(format!("write it as SQL: \"{name}\"")))
        }
    };
    index_of(&column, &|name, _| Ok(name), clause, backend)
}

/// The index, unless a part of it is for other backends only.
pub(super) fn of_table(
    decl: &TableDecl,
    clause: IndexClause,
    backend: Backend,
) -> Parsed<Option<Index>> {
    let no_name = |name: String, span| {
        Err(Fault::new(span, format!("`{name}` is no name of a column in `table!`"))
            .hint("write the column as `table!` does, without quotes"))
    };
    index_of(&|ident| resolve::column(decl, ident), &no_name, clause, backend)
}

fn index_of(
    column: &dyn Fn(&Ident) -> Parsed<String>,
    named: &dyn Fn(String, Span) -> Parsed<String>,
    clause: IndexClause,
    backend: Backend,
) -> Parsed<Option<Index>> {
    let include = clause.include.into_iter().map(|included| match included {
        Included::Column(ident) => column(&ident),
        Included::Name(name, span) => named(name, span),
    });
    let include = include.collect::<Parsed<Vec<_>>>()?;
    let mut parts = Vec::new();
    for part in clause.parts {
        match index_part(column, part)? {
            Some(part) => parts.push(part),
            None => return Ok(None),
        }
    }
    let predicate = match clause.predicate {
        Some(spot) => match spot.sql {
            Some(sql) => Some(sql),
            // A partial index must not become a full one.
            None => return Ok(None),
        },
        None => None,
    };
    let with = parameters(clause.with.and_then(|spot| spot.sql));
    let options = ConstraintOptions {
        nulls_not_distinct: clause.nulls_not_distinct,
        with,
        ..ConstraintOptions::default()
    };
    let here = backend == Backend::Postgres;
    Ok(Some(Index {
        options: if here { options } else { ConstraintOptions::default() },
        name: clause.name,
        unique: clause.unique,
        parts,
        predicate,
        method: clause.method,
        include,
        stored: None,
    }))
}

fn index_part(
    column: &dyn Fn(&Ident) -> Parsed<String>,
    part: PartClause,
) -> Parsed<Option<IndexPart>> {
    let key = match part.key {
        PartKey::Column(ident) => IndexKey::Column(column(&ident)?),
        PartKey::Expression(spot) => match spot.sql {
            Some(sql) => IndexKey::Expression(sql),
            None => return Ok(None),
        },
    };
    Ok(Some(IndexPart {
        key,
        order: part.order.unwrap_or_default(),
        nulls: part.nulls,
        collation: part.collation.and_then(|spot| spot.sql),
        operator_class: part.operator_class.and_then(|spot| spot.sql),
        length: part.length,
    }))
}
