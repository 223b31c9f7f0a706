//! The project's own files, as git sees them, and Rust files as tokens.

use std::path::{Path, PathBuf};
use std::process::Command;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The top of the repository.
pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file of the repository.
pub(super) fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file that git tracks or would, relative to the top.
pub(super) fn tracked() -> Vec<PathBuf> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(root())
        .output()
        .expect("git lists the files of the repository");
    assert!(output.status.success(), "git ls-files failed");
    let list = String::from_utf8(output.stdout).expect("the names of our files are UTF-8");
    let files = list.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from);
    files.filter(|path| root().join(path).is_file()).collect()
}

/// A file below `src`, as tokens.
pub(super) struct Source {
    /// Its path, relative to the top: `src/backend/sqlite/render.rs`.
    pub(super) path: String,
    /// Its tokens; comments are none.
    pub(super) tokens: TokenStream,
}

impl Source {
    /// Every Rust file below `src`.
    pub(super) fn all() -> Vec<Self> {
        let files = tracked().into_iter().filter(|path| path.starts_with("src"));
        let files = files.filter(|path| path.extension().is_some_and(|it| it == "rs"));
        let read = |path: PathBuf| Self {
            tokens: read(&path).parse().expect("our sources are made of tokens"),
            path: path.to_str().expect("the names of our files are UTF-8").to_owned(),
        };
        files.map(read).collect()
    }

    /// The modules from the crate to this file: `["backend", "sqlite", "render"]`.
    pub(super) fn modules(&self) -> Vec<&str> {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let mut modules: Vec<&str> = inner.trim_end_matches(".rs").split('/').collect();
        if matches!(modules.last(), Some(&"mod" | &"lib" | &"main")) {
            modules.pop();
        }
        modules
    }

    /// The first module below the crate; empty for lib.rs and main.rs.
    pub(super) fn room(&self) -> &str {
        self.modules().first().copied().unwrap_or("")
    }

    /// The tokens as words, groups flattened, `mod tests { … }` left out.
    pub(super) fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        flatten(self.tokens.clone(), &mut words);
        words
    }
}

fn flatten(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        let in_tests = words.ends_with(&["mod".to_owned(), "tests".to_owned()]);
        match token {
            TokenTree::Group(_) if in_tests => {}
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                words.push(open.to_owned());
                flatten(group.stream(), words);
                words.push(close.to_owned());
            }
            TokenTree::Ident(word) => words.push(word.to_string()),
            TokenTree::Punct(punct) => words.push(punct.as_char().to_string()),
            TokenTree::Literal(literal) => words.push(literal.to_string()),
        }
    }
}

/// The places where these words follow one another.
pub(super) fn find(words: &[String], wanted: &[&str]) -> Vec<usize> {
    let here = |window: &[String]| window.iter().zip(wanted).all(|(word, want)| word == want);
    let windows = words.windows(wanted.len()).enumerate();
    windows.filter(|(_, window)| here(window)).map(|(place, _)| place).collect()
}
