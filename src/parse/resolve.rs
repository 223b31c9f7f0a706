//! From the Rust names in `joinable!` and `ddl!` to the tables of the models.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use super::relation_macros::RustPath;
use super::scan::Scope;
use super::suggest;
use super::table_macro::TableDecl;
use super::tokens::{Fault, Parsed, name_of};

/// Where a macro stands: the file by its index, and the module.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) file: usize,
    /// The module, from the crate's root as far as the path of the file tells.
    pub(super) module: Vec<String>,
    /// The index of the scope in the file.
    pub(super) scope: usize,
}

/// A table and where it stands.
pub(super) struct Located {
    pub(super) decl: TableDecl,
    pub(super) place: Place,
}

/// The tables of the models, by Rust name.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) all: Vec<Located>,
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Tables {
    pub(super) fn push(&mut self, decl: TableDecl, place: Place) {
        self.by_name.entry(decl.rust_name.clone()).or_default().push(self.all.len());
        self.all.push(Located { decl, place });
    }

    /// The table that a path means in a module. rustc has the last word on paths; here it only
    /// has to be told apart from tables of the same name elsewhere.
    pub(super) fn resolve(&self, path: &RustPath, scope: &Scope, from: &Place) -> Parsed<usize> {
        let written: Vec<String> = path.segments.iter().map(name_of).collect();
        let full = scope.imports.expand(&written);
        let candidates = [&full, &written]
            .into_iter()
            .find_map(|path| self.by_name.get(path.last()?))
            .ok_or_else(|| self.unknown(path))?;
        if let [only] = candidates.as_slice() {
            return Ok(*only);
        }
        let qualifier: Vec<&String> = full
            .iter()
            .take(full.len().saturating_sub(1))
            .filter(|part| !matches!(part.as_str(), "crate" | "self" | "super"))
            .collect();
        let narrowed = if qualifier.is_empty() {
            self.nearest_scope(candidates, scope, from)
        } else {
            self.keep(candidates, |place| ends_with(&place.module, &qualifier))
        };
        match narrowed.as_slice() {
            [only] => Ok(*only),
            _ => Err(self.ambiguous(path, candidates)),
        }
    }

    fn nearest_scope(&self, candidates: &[usize], scope: &Scope, from: &Place) -> Vec<usize> {
        let same_module = |place: &Place| place.module == from.module && place.file == from.file;
        let globbed = |place: &Place| {
            scope.imports.globs.iter().any(|glob| {
                let parts: Vec<&String> = glob
                    .iter()
                    .filter(|part| !matches!(part.as_str(), "crate" | "self" | "super"))
                    .collect();
                !parts.is_empty() && ends_with(&place.module, &parts)
            })
        };
        let same_file = |place: &Place| place.file == from.file;
        let tests: [&dyn Fn(&Place) -> bool; 3] = [&same_module, &globbed, &same_file];
        tests
            .into_iter()
            .map(|test| self.keep(candidates, test))
            .find(|kept| !kept.is_empty())
            .unwrap_or_default()
    }

    fn keep(&self, candidates: &[usize], test: impl Fn(&Place) -> bool) -> Vec<usize> {
        candidates.iter().copied().filter(|&at| test(&self.all[at].place)).collect()
    }

    fn unknown(&self, path: &RustPath) -> Fault {
        let name = path.segments.last().map(name_of).unwrap_or_default();
        Fault::new(path.span(), format!("no `table!` defines `{name}`"))
            .suggest(suggest::nearest(&name, self.by_name.keys().map(String::as_str)))
    }

    fn ambiguous(&self, path: &RustPath, candidates: &[usize]) -> Fault {
        let name = path.segments.last().map(name_of).unwrap_or_default();
        let paths: Vec<String> = candidates
            .iter()
            .map(|&at| {
                let module = &self.all[at].place.module;
                module.iter().chain([&name]).map(String::as_str).collect::<Vec<_>>().join("::")
            })
            .map(|path| format!("`{path}`"))
            .collect();
        Fault::new(path.span(), format!("`{name}` may be {}", paths.join(" or ")))
            .hint("write the module before it")
    }
}

fn ends_with(module: &[String], parts: &[&String]) -> bool {
    module.len() >= parts.len()
        && module[module.len() - parts.len()..].iter().zip(parts).all(|(a, b)| a == *b)
}

/// The SQL name of a column.
pub(super) fn column(decl: &TableDecl, ident: &Ident) -> Parsed<String> {
    match decl.column(&name_of(ident)) {
        Some(column) => Ok(column.column.name.clone()),
        None => Err(super::table_macro::unknown_column(decl, ident)),
    }
}

/// The SQL names of columns.
pub(super) fn columns(decl: &TableDecl, idents: &[Ident]) -> Parsed<Vec<String>> {
    idents.iter().map(|ident| column(decl, ident)).collect()
}
