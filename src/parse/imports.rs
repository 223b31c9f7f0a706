//! `use` lines: which path a name stands for.

use std::collections::BTreeMap;

use proc_macro2::Delimiter;

use super::tokens::{Cursor, Parsed, name_of};

/// The imports of one scope.
#[derive(Clone, Debug, Default)]
pub(super) struct Imports {
    /// The local name and the path that it stands for.
    names: BTreeMap<String, Vec<String>>,
    /// The modules of `use module::*`.
    pub(super) globs: Vec<Vec<String>>,
}

impl Imports {
    /// Reads what follows the word `use`, without the semicolon.
    pub(super) fn read(&mut self, cursor: &mut Cursor) -> Parsed<()> {
        self.tree(cursor, Vec::new())
    }

    fn tree(&mut self, cursor: &mut Cursor, mut path: Vec<String>) -> Parsed<()> {
        cursor.eat_joined(':', ':');
        loop {
            if let Some(group) = cursor.eat_group(Delimiter::Brace) {
                for mut part in Cursor::inside(&group).split_list() {
                    self.tree(&mut part, path.clone())?;
                }
                break;
            }
            if cursor.eat_punct('*') {
                self.globs.push(path);
                break;
            }
            let name = name_of(&cursor.ident("a path")?);
            path.push(name);
            if cursor.eat_joined(':', ':') {
                continue;
            }
            let local = if cursor.eat_word("as") {
                cursor.eat_ident().map(|ident| name_of(&ident))
            } else {
                if path.last().is_some_and(|last| last == "self") {
                    path.pop();
                }
                path.last().cloned()
            };
            if let Some(local) = local {
                self.names.insert(local, path);
            }
            break;
        }
        cursor.finish("`;`")
    }

    /// The path that the name was imported from.
    pub(super) fn path_of(&self, name: &str) -> Option<&[String]> {
        self.names.get(name).map(Vec::as_slice)
    }

    /// The path with its first segment replaced by what it was imported as.
    pub(super) fn expand(&self, path: &[String]) -> Vec<String> {
        match path.split_first() {
            Some((first, rest)) => match self.path_of(first) {
                Some(full) => full.iter().chain(rest).cloned().collect(),
                None => path.to_vec(),
            },
            None => Vec::new(),
        }
    }
}
