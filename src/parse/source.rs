//! A source file: its text, its tokens, and the way from a token back to a line of text.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

use super::diagnostic::{Diagnostic, DiagnosticSeverity, Excerpt};
use super::tokens::Fault;
use crate::model::Origin;

/// How deep brackets may be nested. rustc's own macros stop at 128.
const MAX_DEPTH: usize = 128;

/// A file that holds models.
pub(super) struct Source {
    pub(super) path: PathBuf,
    text: String,
    /// The modules that lead to the file, as far as its path tells: `src/schema/audit.rs` is
    /// `schema::audit`.
    pub(super) module: Vec<String>,
    pub(super) role: Role,
}

/// Why a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The user named it.
    Named,
    /// It may hold models.
    Models,
    /// It holds no models, but declares modules that may hold some.
    Modules,
}

impl Source {
    pub(super) fn new(path: PathBuf, text: &str, role: Role) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        let module = module_of(&path);
        Self { path, text, module, role }
    }

    /// The tokens of the file.
    pub(super) fn lex(&self) -> Result<TokenStream, Box<Diagnostic>> {
        let stream: TokenStream = match self.text.strip_prefix("#!") {
            Some(rest) if !rest.trim_start().starts_with('[') => format!("//{rest}").parse(),
            _ => self.text.parse(),
        }
        .map_err(|error: proc_macro2::LexError| {
            let message = "the file is no valid Rust: a bracket, string or character is not closed";
            Box::new(self.diagnostic(&Fault::new(error.span(), message)))
        })?;
        match too_deep(&stream, MAX_DEPTH) {
            Some(span) => {
                let message = format!("brackets are nested more than {MAX_DEPTH} deep");
                Err(Box::new(self.diagnostic(&Fault::new(span, message))))
            }
            None => Ok(stream),
        }
    }

    pub(super) fn diagnostic(&self, fault: &Fault) -> Diagnostic {
        let mut diagnostic =
            Diagnostic::at(&self.path, &self.text, fault.span.byte_range(), fault.message.clone());
        diagnostic.hint.clone_from(&fault.hint);
        diagnostic
    }

    pub(super) fn warning(&self, fault: &Fault) -> Diagnostic {
        Diagnostic { severity: DiagnosticSeverity::Warning, ..self.diagnostic(fault) }
    }

    pub(super) fn excerpt(&self, span: Span) -> Excerpt {
        Excerpt::new(&self.text, span.byte_range())
    }

    pub(super) fn origin(&self, span: Span) -> Origin {
        let start = span.start();
        Origin { file: self.path.clone(), line: start.line, column: start.column + 1 }
    }
}

/// The first bracket that is nested deeper than `limit`.
fn too_deep(stream: &TokenStream, limit: usize) -> Option<Span> {
    stream.clone().into_iter().find_map(|tree| match tree {
        TokenTree::Group(group) if limit == 0 => Some(group.span_open()),
        TokenTree::Group(group) => too_deep(&group.stream(), limit - 1),
        _ => None,
    })
}

fn module_of(path: &Path) -> Vec<String> {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let below = match parts.iter().rposition(|part| part == "src") {
        Some(at) => &parts[at + 1..],
        None => parts.get(parts.len().saturating_sub(1)..).unwrap_or_default(),
    };
    let mut module: Vec<_> =
        below.iter().map(|part| part.strip_suffix(".rs").unwrap_or(part).to_owned()).collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        module.pop();
    }
    module
}

/// Whether the rest of the file, the bodies of the macros left out, is valid Rust.
///
/// syn reads by recursion, so it runs on a stack of its own, and only on files of a size that
/// cannot overflow it.
pub(super) fn check_syntax(stream: TokenStream) -> Result<(), syn::Error> {
    const MAX_TOKENS: usize = 20_000;
    let mut left = MAX_TOKENS;
    match without_macro_bodies(stream, &mut left) {
        Some(stripped) => syn::parse2::<syn::File>(stripped).map(drop),
        None => Ok(()),
    }
}

/// The stack that [`check_syntax`] needs at most; only what is used of it costs memory.
pub(super) const STACK_BYTES: usize = 256 << 20;

fn without_macro_bodies(stream: TokenStream, left: &mut usize) -> Option<TokenStream> {
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut macro_name = false;
    for tree in stream {
        *left = left.checked_sub(1)?;
        let is_name = matches!(&tree, TokenTree::Ident(_));
        let is_bang = matches!(&tree, TokenTree::Punct(p) if p.as_char() == '!')
            && matches!(kept.last(), Some(TokenTree::Ident(_)));
        let tree = match tree {
            TokenTree::Group(group) => {
                let rules = is_macro_rules(&kept);
                let inner = if macro_name && !rules && group.delimiter() != Delimiter::None {
                    TokenStream::new()
                } else {
                    without_macro_bodies(group.stream(), left)?
                };
                let mut stripped = Group::new(group.delimiter(), inner);
                stripped.set_span(group.span());
                TokenTree::Group(stripped)
            }
            other => other,
        };
        macro_name = is_bang || (macro_name && is_name);
        kept.push(tree);
    }
    Some(kept.into_iter().collect())
}

/// `macro_rules! name`, whose body syn does not look into.
fn is_macro_rules(before: &[TokenTree]) -> bool {
    let [.., TokenTree::Ident(word), TokenTree::Punct(_), TokenTree::Ident(_)] = before else {
        return false;
    };
    word == "macro_rules"
}
