//! All files to the declarations that they hold: the macros are found and read, names are not
//! resolved yet.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Span, TokenStream};

use super::ParseOptions;
use super::cfg::Config;
use super::ddl_macro::{self, Item};
use super::diagnostic::Diagnostic;
use super::enum_derive::DerivedEnum;
use super::relation_macros::{self, JoinableDecl};
use super::resolve::{Place, Tables};
use super::scan::{Found, MacroKind, Scan, Scope};
use super::source::{self, Role, Source};
use super::table_macro;
use super::tokens::{Cursor, Fault};
use crate::backend::Backend;
use crate::model::{Identity, QualifiedName};

/// What the files hold.
pub(super) struct Collected<'a> {
    pub(super) sources: &'a [Source],
    pub(super) backend: Backend,
    /// The scopes of each file.
    pub(super) scopes: Vec<Vec<Scope>>,
    pub(super) tables: Tables,
    pub(super) joinables: Vec<(Place, JoinableDecl)>,
    pub(super) items: Vec<(Place, Item)>,
    /// The native types of the user's own types; `None` where two of one name differ.
    pub(super) native_types: BTreeMap<String, Option<QualifiedName>>,
    /// The types of the user's own that are marked as a SQL type.
    pub(super) own_types: BTreeSet<String>,
    pub(super) enums: Vec<DerivedEnum>,
    /// Whether a macro was found in the file.
    pub(super) used: Vec<bool>,
    /// Whether there is a `ddl! {}`, which says that there is nothing.
    pub(super) says_nothing: bool,
    pub(super) errors: Vec<Diagnostic>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// Reads all files.
pub(super) fn collect<'a>(sources: &'a [Source], options: &ParseOptions) -> Collected<'a> {
    let config = Config { features: &options.features };
    let mut collected = Collected {
        sources,
        backend: options.backend,
        scopes: Vec::new(),
        tables: Tables::default(),
        joinables: Vec::new(),
        items: Vec::new(),
        native_types: BTreeMap::new(),
        own_types: BTreeSet::new(),
        enums: Vec::new(),
        used: vec![false; sources.len()],
        says_nothing: false,
        errors: Vec::new(),
        warnings: Vec::new(),
    };
    let scans: Vec<_> = sources.iter().map(|source| collected.scan(source, &config)).collect();
    let off = switched_off(sources, &scans);
    for (file, scan) in scans.into_iter().enumerate() {
        let Some((stream, scan)) = scan else {
            collected.scopes.push(Vec::new());
            continue;
        };
        if !off(&sources[file]) {
            collected.read(file, &scan, stream, &config, options.comments);
        }
        collected.scopes.push(scan.scopes);
    }
    collected
}

/// Tells of a file whether every `mod name;` that leads to it is switched off by a `cfg`.
fn switched_off(
    sources: &[Source],
    scans: &[Option<(TokenStream, Scan<'_>)>],
) -> impl Fn(&Source) -> bool + use<> {
    let (mut on, mut off) = (BTreeSet::new(), BTreeSet::new());
    for (source, scan) in sources.iter().zip(scans) {
        for declared in scan.iter().flat_map(|(_, scan)| &scan.modules) {
            let path: Vec<String> = source.module.iter().chain(&declared.module).cloned().collect();
            if declared.on {
                on.insert(path)
            } else {
                off.insert(path)
            };
        }
    }
    move |source| {
        let lead_to_it = (1..=source.module.len()).map(|length| &source.module[..length]);
        source.role != Role::Named
            && lead_to_it.into_iter().any(|path| off.contains(path) && !on.contains(path))
    }
}

impl Collected<'_> {
    fn scan<'c>(
        &mut self,
        source: &Source,
        config: &'c Config<'c>,
    ) -> Option<(TokenStream, Scan<'c>)> {
        match source.lex() {
            Ok(stream) => {
                let cursor = Cursor::new(stream.clone(), Span::call_site());
                Some((stream, Scan::new(cursor, config)))
            }
            Err(diagnostic) => {
                if source.role != Role::Modules {
                    self.errors.push(*diagnostic);
                }
                None
            }
        }
    }

    fn read(
        &mut self,
        file: usize,
        scan: &Scan<'_>,
        stream: TokenStream,
        config: &Config<'_>,
        comments: bool,
    ) {
        let source = &self.sources[file];
        if source.role == Role::Modules {
            return;
        }
        for (name, native) in &scan.native_types {
            let known = self.native_types.entry(name.clone()).or_insert(Some(native.clone()));
            if known.as_ref() != Some(native) {
                *known = None;
            }
        }
        self.own_types.extend(scan.own_types.iter().cloned());
        self.enums.extend(scan.enums.iter().cloned());
        self.used[file] |= !scan.enums.is_empty();
        let mut faults = Vec::new();
        let mut warnings = Vec::new();
        for found in &scan.found {
            self.used[file] = true;
            let inner = &scan.scopes[found.scope].module;
            let module = source.module.iter().chain(inner).cloned().collect();
            let place = Place { file, module, scope: found.scope };
            self.read_macro(found, place, config, comments, &mut faults, &mut warnings);
        }
        if self.used[file]
            && let Err(error) = source::check_syntax(stream)
        {
            let message = format!("the file is no valid Rust: {error}");
            faults.push(Fault::new(error.span(), message));
        }
        let faults = scan.faults.iter().chain(&faults).filter(|fault| !fault.follows);
        self.errors.extend(faults.map(|fault| source.diagnostic(fault)));
        let warnings = scan.warnings.iter().chain(&warnings);
        self.warnings.extend(warnings.map(|fault| source.warning(fault)));
    }

    fn read_macro(
        &mut self,
        found: &Found,
        place: Place,
        config: &Config<'_>,
        comments: bool,
        faults: &mut Vec<Fault>,
        warnings: &mut Vec<Fault>,
    ) {
        match found.kind {
            MacroKind::Table | MacroKind::View => {
                let backend = self.backend;
                let decl = table_macro::read(found, config, comments, backend, faults, warnings);
                if let Some(mut decl) = decl {
                    // Diesel says it where the server has the word; elsewhere a key is assigned anyway.
                    if self.backend != Backend::Mysql {
                        let columns = decl.columns.iter_mut();
                        columns.for_each(|it| it.column.identity = Identity::Unstated);
                    }
                    decl.table.origin = Some(self.sources[place.file].origin(decl.span));
                    self.tables.push(decl, place);
                }
            }
            MacroKind::Joinable => match relation_macros::read(found) {
                Ok(decl) => self.joinables.push((place, decl)),
                Err(fault) => faults.push(fault),
            },
            MacroKind::Ddl => {
                self.says_nothing |= found.body.stream().is_empty();
                let items = ddl_macro::read(found, self.backend, config, faults, warnings);
                self.items.extend(items.into_iter().map(|item| (place.clone(), item)));
            }
        }
    }
}
