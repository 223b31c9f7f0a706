//! All files together: names are resolved, and the parts become one [`Schema`].

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase as _;
use proc_macro2::Span;

use super::ParseOptions;
use super::collect::{self, Collected};
use super::ddl_clause::Clause;
use super::ddl_index::IndexClause;
use super::ddl_macro::{Item, ItemName};
use super::diagnostic::Diagnostic;
use super::merge::{self, Target};
use super::merge_index;
use super::relation_macros::JoinableDecl;
use super::resolve::{self, Located, Place};
use super::source::Source;
use super::tokens::{Fault, Parsed};
use crate::backend::Backend;
use crate::backend::ident::type_spelling;
use crate::model::{
    Definition, DieselType, EnumType, Index, Joinable, OtherObject, QualifiedName, Schema, View,
};

/// What the files hold, and what is wrong with them.
pub(super) struct Assembled {
    pub(super) schema: Schema,
    /// Whether a macro was found in the file.
    pub(super) used: Vec<bool>,
    /// Whether there is a `ddl! {}`, which says that there is nothing.
    pub(super) says_nothing: bool,
    pub(super) errors: Vec<Diagnostic>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// Reads all files. Runs on a stack of [`STACK_BYTES`](super::source::STACK_BYTES).
pub(super) fn assemble(sources: &[Source], options: &ParseOptions) -> Assembled {
    collect::collect(sources, options).assemble()
}

impl Collected<'_> {
    fn assemble(mut self) -> Assembled {
        let mut schema = Schema::default();
        let mut items = std::mem::take(&mut self.items);
        self.enums(&items, &mut schema);
        let views = self.views(&mut items, &mut schema);
        let duplicates = self.duplicates();
        self.ddl(items, &views, &mut schema);
        if self.backend == Backend::Postgres {
            self.state_native_types();
        }
        self.joinables(&views, &mut schema);
        for (at, located) in self.tables.all.into_iter().enumerate() {
            let mut table = located.decl.table;
            // A `view!` without its SQL is known by its name alone.
            let is_named = located.decl.is_view && !schema.views.contains_key(&table.name);
            if views.contains(&at) && !is_named || duplicates.contains(&at) {
                continue;
            }
            table.is_view = located.decl.is_view;
            table.columns = located.decl.columns.into_iter().map(|column| column.column).collect();
            schema.insert_table(table);
        }
        Assembled {
            schema,
            used: self.used,
            says_nothing: self.says_nothing,
            errors: self.errors,
            warnings: self.warnings,
        }
    }

    fn fault(&mut self, place: &Place, fault: &Fault) {
        if !fault.follows {
            self.errors.push(self.sources[place.file].diagnostic(fault));
        }
    }

    /// Two `table!`s of one name are an error; the indexes of the later ones.
    fn duplicates(&mut self) -> BTreeSet<usize> {
        let mut first: BTreeMap<&QualifiedName, usize> = BTreeMap::new();
        let mut later = BTreeSet::new();
        for (at, located) in self.tables.all.iter().enumerate() {
            let name = &located.decl.table.name;
            let Some(&before) = first.get(name) else {
                first.insert(name, at);
                continue;
            };
            later.insert(at);
            let before = &self.tables.all[before];
            let fault = Fault::new(located.decl.span, format!("table `{name}` is there twice"))
                .hint("leave one out with `#[cfg(…)]`, or name the files to read with `--models PATH`");
            let mut diagnostic = self.sources[located.place.file].diagnostic(&fault);
            let source = &self.sources[before.place.file];
            diagnostic.first = Some((source.path.clone(), source.excerpt(before.decl.span)));
            self.errors.push(diagnostic);
        }
        later
    }

    /// Adds the views; the indexes of the `table!`s that describe one.
    fn views(&mut self, items: &mut [(Place, Item)], schema: &mut Schema) -> BTreeSet<usize> {
        let is_view = |(at, located): (usize, &Located)| located.decl.is_view.then_some(at);
        let mut described: BTreeSet<_> =
            self.tables.all.iter().enumerate().filter_map(is_view).collect();
        for (place, item) in items {
            let Item::View { name, definition, materialized, indexes } = item else { continue };
            let table = self.table_of(name, place);
            described.extend(table);
            let qualified = match table {
                Some(at) => self.tables.all[at].decl.table.name.clone(),
                None => QualifiedName { schema: name.schema.clone(), name: name.name.clone() },
            };
            if schema.views.contains_key(&qualified) {
                let fault = Fault::new(name.span, format!("view `{qualified}` is there twice"));
                self.fault(place, &fault);
            }
            if let Some(definition) = &definition.sql {
                let described = indexes.is_some();
                let view = View {
                    materialized: *materialized,
                    described,
                    indexes: self.view_indexes(table, place, indexes.take().unwrap_or_default()),
                    ..View::new(qualified.clone(), definition.clone())
                };
                schema.views.insert(qualified, view);
            }
        }
        described
    }

    fn view_indexes(
        &mut self,
        table: Option<usize>,
        place: &Place,
        clauses: Vec<(Span, IndexClause)>,
    ) -> Vec<Index> {
        let mut indexes: Vec<Index> = Vec::new();
        for (span, clause) in clauses {
            let decl = table.map(|at| &self.tables.all[at].decl);
            match merge_index::of_view(decl, clause, self.backend) {
                Ok(Some(index)) => match merge_index::check_new(&indexes, &index, span) {
                    Ok(()) => indexes.push(index),
                    Err(fault) => self.fault(place, &fault),
                },
                Ok(None) => {}
                Err(fault) => self.fault(place, &fault),
            }
        }
        // No other backend stores the rows of a view.
        indexes.retain(|_| self.backend == Backend::Postgres);
        indexes
    }

    /// The `table!` that a view's name means: by its path, or by its SQL name.
    fn table_of(&self, name: &ItemName, place: &Place) -> Option<usize> {
        let scope = self.scopes.get(place.file)?.get(place.scope)?;
        let by_path = name.path.as_ref().and_then(|p| self.tables.resolve(p, scope, place).ok());
        by_path.or_else(|| {
            let sql = QualifiedName { schema: name.schema.clone(), name: name.name.clone() };
            self.tables.all.iter().position(|located| located.decl.table.name == sql)
        })
    }

    fn ddl(&mut self, items: Vec<(Place, Item)>, views: &BTreeSet<usize>, schema: &mut Schema) {
        for (place, item) in items {
            match item {
                Item::Table(block) => {
                    let scope = &self.scopes[place.file][place.scope];
                    let at = match self.tables.resolve(&block.path, scope, &place) {
                        Ok(at) => at,
                        Err(fault) => {
                            self.fault(&place, &fault);
                            continue;
                        }
                    };
                    if views.contains(&at) {
                        let fault = Fault::new(block.path.span(), "a view has no clauses");
                        self.fault(&place, &fault);
                        continue;
                    }
                    self.block(at, &place, block.clauses);
                }
                Item::Enum { name, values } => {
                    let qualified = QualifiedName { schema: name.schema, name: name.name };
                    let new = EnumType { name: qualified.clone(), values };
                    if schema.enums.insert(qualified.clone(), new).is_some() {
                        let message = format!("enum `{qualified}` is there twice");
                        self.fault(&place, &Fault::new(name.span, message));
                    }
                }
                Item::Extension { name } => {
                    if self.backend == Backend::Postgres {
                        schema.others.push(OtherObject {
                            kind: "extension".to_owned(),
                            name: QualifiedName { schema: name.schema, name: name.name },
                            table: None,
                            sql: None,
                        });
                    }
                }
                Item::Definition { name, body: Some((body, comment)) } => {
                    let span = name.span;
                    let name = QualifiedName { schema: name.schema, name: name.name };
                    let new = Definition { name, body, comment };
                    let taken = schema.definition(&new).is_some()
                        || new.is_type() && schema.enums.contains_key(&new.name);
                    if taken {
                        let message = format!("{} is there twice", new.title());
                        self.fault(&place, &Fault::new(span, message));
                    } else {
                        schema.definitions.push(new);
                    }
                }
                Item::View { .. } | Item::Definition { body: None, .. } => {}
            }
        }
    }

    /// The enums that `derive(diesel::Enum)` tells, unless a `ddl!` says which values they have.
    fn enums(&self, items: &[(Place, Item)], schema: &mut Schema) {
        let said = |name: &QualifiedName| {
            items.iter().any(|(_, item)| {
                matches!(item, Item::Enum { name: it, .. } if it.name == name.name && it.schema == name.schema)
            })
        };
        for derived in &self.enums {
            for sql_type in &derived.sql_types {
                let native = self.native_types.get(sql_type).cloned().flatten();
                let is_type = native.is_some() || self.own_types.contains(sql_type);
                let name = native.unwrap_or_else(|| QualifiedName::new(sql_type.to_snake_case()));
                if is_type && !said(&name) {
                    let values = derived.values.clone();
                    schema.enums.insert(name.clone(), EnumType { name, values });
                }
            }
        }
    }

    /// Applies the clauses of one `table` block.
    fn block(&mut self, at: usize, place: &Place, clauses: Vec<Clause>) {
        self.tables.all[at].decl.table.described = true;
        for clause in clauses {
            let scope = &self.scopes[place.file][place.scope];
            // The foreign table is looked up before its own table is borrowed to be changed.
            let target = match Target::of(&clause, &self.tables, scope, place) {
                Ok(target) => target,
                Err(fault) => {
                    self.fault(place, &fault);
                    continue;
                }
            };
            let decl = &mut self.tables.all[at].decl;
            if let Err(fault) = merge::clause(decl, clause, target, self.backend) {
                self.fault(place, &fault);
            }
        }
    }

    /// A type of the user's own is the native type that it names, unless `type "…"` said more.
    fn state_native_types(&mut self) {
        for column in self.tables.all.iter_mut().flat_map(|located| &mut located.decl.columns) {
            let sql_type = &mut column.column.sql_type;
            if let Some((element, is_array)) = sql_type.diesel.as_ref().map(DieselType::element)
                && element.custom
                && sql_type.native.is_none()
                && let Some(Some(name)) = self.native_types.get(&element.name)
            {
                let array = if is_array { "[]" } else { "" };
                sql_type.native = Some(type_spelling(name) + array);
            }
        }
    }

    fn joinables(&mut self, views: &BTreeSet<usize>, schema: &mut Schema) {
        for (place, decl) in std::mem::take(&mut self.joinables) {
            match self.joinable(&place, &decl) {
                Ok((child, joinable)) if !views.contains(&child) => schema.joinables.push(joinable),
                Ok(_) => {}
                Err(fault) => self.fault(&place, &fault),
            }
        }
    }

    fn joinable(&self, place: &Place, decl: &JoinableDecl) -> Parsed<(usize, Joinable)> {
        let scope = &self.scopes[place.file][place.scope];
        let child_at = self.tables.resolve(&decl.child, scope, place)?;
        let parent_at = self.tables.resolve(&decl.parent, scope, place)?;
        let child = &self.tables.all[child_at].decl;
        let joinable = Joinable {
            child: child.table.name.clone(),
            parent: self.tables.all[parent_at].decl.table.name.clone(),
            column: resolve::column(child, &decl.column)?,
            origin: Some(self.sources[place.file].origin(decl.span)),
        };
        Ok((child_at, joinable))
    }
}
