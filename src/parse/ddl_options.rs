//! What only one backend knows of a key or a check. PostgreSQL: `nulls not distinct`, `include (…)`,
//! `deferrable …`, `no inherit`, `not valid`. SQLite: `on conflict …`.

use proc_macro2::Ident;

use super::ddl_clause::{columns, expect_word};
use super::ddl_foreign_key::deferrable;
use super::ddl_index::stray;
use super::ddl_key;
use super::resolve;
use super::table_macro::TableDecl;
use super::tokens::{Cursor, Parsed};
use crate::backend::Backend;
use crate::model::{Conflict, ConstraintOptions, Deferrable};

/// The words behind a key or a check.
#[derive(Default)]
pub(super) struct OptionsClause {
    pub(super) nulls_not_distinct: bool,
    pub(super) include: Vec<Ident>,
    pub(super) deferrable: Option<Deferrable>,
    pub(super) no_inherit: bool,
    pub(super) not_valid: bool,
    /// Said at all, and what.
    pub(super) on_conflict: Option<Option<Conflict>>,
}

/// Reads the words that are allowed here.
pub(super) fn read(cursor: &mut Cursor, words: &[&str], what: &str) -> Parsed<OptionsClause> {
    let mut options = OptionsClause::default();
    while let Some(word) = cursor.eat_ident() {
        let name = word.to_string();
        match name.as_str() {
            name if !words.contains(&name) => return Err(stray(name, word.span(), what, words)),
            "nulls" if !options.nulls_not_distinct => {
                expect_word(cursor, "not")?;
                expect_word(cursor, "distinct")?;
                options.nulls_not_distinct = true;
            }
            "include" if options.include.is_empty() => options.include = columns(cursor)?,
            "deferrable" if options.deferrable.is_none() => {
                options.deferrable = Some(deferrable(cursor)?);
            }
            "no" if !options.no_inherit => {
                expect_word(cursor, "inherit")?;
                options.no_inherit = true;
            }
            "not" if !options.not_valid => {
                expect_word(cursor, "valid")?;
                options.not_valid = true;
            }
            "on" if options.on_conflict.is_none() => {
                options.on_conflict = Some(ddl_key::conflict(cursor)?);
            }
            other => return Err(stray(other, word.span(), what, words)),
        }
    }
    Ok(options)
}

impl OptionsClause {
    /// As the model has it; a backend knows nothing of what the others do.
    pub(super) fn resolve(self, decl: &TableDecl, backend: Backend) -> Parsed<ConstraintOptions> {
        let include = resolve::columns(decl, &self.include)?;
        Ok(match backend {
            Backend::Postgres => ConstraintOptions {
                nulls_not_distinct: self.nulls_not_distinct,
                include,
                deferrable: self.deferrable.unwrap_or_default(),
                no_inherit: self.no_inherit,
                not_valid: self.not_valid,
                ..ConstraintOptions::default()
            },
            Backend::Sqlite => ConstraintOptions {
                on_conflict: self.on_conflict.flatten(),
                ..ConstraintOptions::default()
            },
            Backend::Mysql => ConstraintOptions::default(),
        })
    }

    /// Whether nothing is said.
    pub(super) fn is_empty(&self) -> bool {
        let Self { nulls_not_distinct, include, deferrable, no_inherit, not_valid, on_conflict } =
            self;
        let words = *nulls_not_distinct || *no_inherit || *not_valid;
        !words && include.is_empty() && deferrable.is_none() && on_conflict.is_none()
    }
}
