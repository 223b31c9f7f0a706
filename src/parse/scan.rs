//! Finds the macros of a file: at any depth, in any module, unless a `cfg` switches them off.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenTree};

use super::cfg::{self, Config};
use super::enum_derive::{self, DerivedEnum, EnumAttributes};
use super::imports::Imports;
use super::sql_type_attribute;
use super::table_macro;
use super::tokens::{Cursor, Fault, name_of};
use crate::model::QualifiedName;

/// A macro of ours or of Diesel's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MacroKind {
    Table,
    /// `view!`, which Diesel has since 2.4.
    View,
    Joinable,
    Ddl,
}

/// The macros by name.
const WORDS: [(&str, MacroKind); 4] = [
    ("table", MacroKind::Table),
    ("view", MacroKind::View),
    ("joinable", MacroKind::Joinable),
    ("ddl", MacroKind::Ddl),
];

impl MacroKind {
    fn of(name: &Ident) -> Option<Self> {
        WORDS.iter().find_map(|(word, kind)| (name == word).then_some(*kind))
    }

    /// Whether the file may hold one of the macros: a cheap look at the bytes.
    pub(super) fn may_be_in(text: &[u8]) -> bool {
        enum_derive::may_be_in(text)
            || text.iter().enumerate().filter(|(_, byte)| **byte == b'!').any(|(at, _)| {
                let before = text[..at].trim_ascii_end();
                WORDS.iter().any(|(word, _)| before.ends_with(word.as_bytes()))
            })
    }
}

/// Whether the file declares modules that are files of their own: `mod name;`. They may be
/// switched off there.
pub(super) fn may_declare_modules(text: &[u8]) -> bool {
    text.iter().enumerate().filter(|(_, byte)| **byte == b';').any(|(at, _)| {
        let before = text[..at].trim_ascii_end();
        let name = before.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_');
        let before = &before[..before.len() - name.count()];
        before.trim_ascii_end().len() < before.len() && before.trim_ascii_end().ends_with(b"mod")
    })
}

/// A macro call.
pub(super) struct Found {
    pub(super) kind: MacroKind,
    pub(super) name: Span,
    pub(super) body: Group,
    /// The index of its scope in [`Scan::scopes`].
    pub(super) scope: usize,
}

/// A module of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The modules inside the file that lead to it.
    pub(super) module: Vec<String>,
    pub(super) imports: Imports,
}

/// `mod name;`
pub(super) struct Module {
    pub(super) module: Vec<String>,
    /// Whether no `cfg` switches it off.
    pub(super) on: bool,
}

/// What a file holds.
pub(super) struct Scan<'a> {
    config: &'a Config<'a>,
    pub(super) found: Vec<Found>,
    pub(super) scopes: Vec<Scope>,
    pub(super) modules: Vec<Module>,
    /// The Rust names of the user's own types, and the native types that they state.
    pub(super) native_types: Vec<(String, QualifiedName)>,
    /// The Rust names of the user's own types that are marked as a SQL type.
    pub(super) own_types: Vec<String>,
    pub(super) enums: Vec<DerivedEnum>,
    pub(super) faults: Vec<Fault>,
    pub(super) warnings: Vec<Fault>,
}

impl<'a> Scan<'a> {
    /// Reads the tokens of a file.
    pub(super) fn new(cursor: Cursor, config: &'a Config<'a>) -> Self {
        let mut scan = Self {
            config,
            found: Vec::new(),
            scopes: vec![Scope::default()],
            modules: Vec::new(),
            native_types: Vec::new(),
            own_types: Vec::new(),
            enums: Vec::new(),
            faults: Vec::new(),
            warnings: Vec::new(),
        };
        scan.level(cursor, 0);
        scan
    }

    /// One level of brackets. An attribute counts for the item that follows it: up to the next
    /// `;` or the next braces.
    fn level(&mut self, mut cursor: Cursor, scope: usize) {
        let mut on = true;
        let mut native = None;
        let mut derive = EnumAttributes::default();
        while let Some(tree) = cursor.next() {
            match tree {
                TokenTree::Punct(punct) => match punct.as_char() {
                    ';' => {
                        (on, native) = (true, None);
                        derive = EnumAttributes::default();
                    }
                    '#' => {
                        let inner = cursor.eat_punct('!');
                        let Some(attribute) = cursor.eat_group(Delimiter::Bracket) else {
                            continue;
                        };
                        let holds = self.attribute_holds(&attribute);
                        if inner && !holds {
                            return;
                        }
                        on &= holds;
                        derive.add(&attribute);
                        native = native.or(sql_type_attribute::read(&attribute, self.config));
                    }
                    _ => {}
                },
                TokenTree::Ident(word) if cursor.is_punct('!') => {
                    on |= self.call(&word, &mut cursor, scope, on);
                }
                TokenTree::Ident(word) if word == "mod" => {
                    self.module(&mut cursor, scope, on);
                    on = true;
                }
                // `impl Trait + use<'a>` is no `use` line.
                TokenTree::Ident(word) if word == "use" && !cursor.is_punct('<') => {
                    let (mut path, _) = cursor.split_at(';');
                    if on {
                        // What is no `use` line is the syntax check's to report.
                        let _ = self.scopes[scope].imports.read(&mut path);
                    }
                    on = true;
                }
                TokenTree::Ident(word) if word == "struct" => {
                    if let Some(name) = cursor.eat_ident().filter(|_| on) {
                        if derive.is_sql_type {
                            self.own_types.push(name_of(&name));
                        }
                        self.native_types.extend(native.take().map(|it| (name_of(&name), it)));
                    }
                }
                TokenTree::Ident(word) if word == "enum" => {
                    let read = std::mem::take(&mut derive).read(&mut cursor);
                    self.enums.extend(read.filter(|_| on));
                    (on, native) = (true, None);
                }
                TokenTree::Group(group) => {
                    if on {
                        self.level(Cursor::inside(&group), scope);
                    }
                    if group.delimiter() == Delimiter::Brace {
                        (on, native) = (true, None);
                        derive = EnumAttributes::default();
                    }
                }
                TokenTree::Ident(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// `word!`, and what follows. Tells whether the item ends with it.
    fn call(&mut self, word: &Ident, cursor: &mut Cursor, scope: usize, on: bool) -> bool {
        cursor.next();
        if word == "macro_rules" {
            cursor.eat_ident();
        }
        // `a != b` has no brackets behind the `!`.
        let Some(TokenTree::Group(body)) = cursor.peek().cloned() else { return false };
        cursor.next();
        let ends = body.delimiter() == Delimiter::Brace;
        if let Some(kind) = MacroKind::of(word)
            && on
            && !is_foreign(kind, &body)
        {
            self.found.push(Found { kind, name: word.span(), body, scope });
        }
        ends
    }

    /// What follows the word `mod`.
    fn module(&mut self, cursor: &mut Cursor, scope: usize, on: bool) {
        let Some(name) = cursor.eat_ident() else { return };
        let mut module = self.scopes[scope].module.clone();
        module.push(name_of(&name));
        if let Some(body) = cursor.eat_group(Delimiter::Brace) {
            if on {
                self.scopes.push(Scope { module, imports: Imports::default() });
                self.level(Cursor::inside(&body), self.scopes.len() - 1);
            }
        } else {
            self.modules.push(Module { module, on });
        }
    }

    fn attribute_holds(&mut self, attribute: &Group) -> bool {
        let Some(mut predicate) = cfg::predicate(Cursor::inside(attribute)) else { return true };
        match self.config.holds(&mut predicate, &mut self.warnings) {
            Ok(holds) => holds,
            Err(fault) => {
                self.faults.push(fault);
                true
            }
        }
    }
}

/// `table!` or `view!` of another crate, such as `table!(["a", "b"])` or `view! { <p>…</p> }`.
fn is_foreign(kind: MacroKind, body: &Group) -> bool {
    let first = Cursor::inside(body).peek().cloned();
    match kind {
        MacroKind::Table => matches!(first, Some(TokenTree::Group(_) | TokenTree::Literal(_))),
        // Others have a `view!` far more often than a `table!`: only what begins as Diesel's does
        // is Diesel's.
        MacroKind::View => !table_macro::begins_as_view(Cursor::inside(body)),
        MacroKind::Joinable | MacroKind::Ddl => false,
    }
}
