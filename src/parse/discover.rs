//! Which files hold models.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::WalkBuilder;

use super::ParseOptions;
use super::diagnostic::Diagnostic;
use super::scan::{self, MacroKind};
use super::source::{Role, Source};

/// The files, in a fixed order, and those that cannot be read.
#[derive(Default)]
pub(super) struct Discovered {
    pub(super) files: Vec<Source>,
    pub(super) errors: Vec<Diagnostic>,
}

/// The files that are read even if `.gitignore` names them.
const USUAL: [&str; 2] = ["schema.rs", "src/schema.rs"];

/// Finds the files: those of `--models`, or the usual ones and all of `src`.
pub(super) fn discover(options: &ParseOptions) -> Discovered {
    let mut finder = Finder::new(&options.root);
    if options.paths.is_empty() {
        for usual in USUAL {
            let path = options.root.join(usual);
            if path.is_file() {
                finder.link_or_file(&path);
            }
        }
        let src = options.root.join("src");
        if src.is_dir() {
            finder.folder(&src);
        }
    }
    for path in &options.paths {
        let path = options.root.join(path);
        if path.is_dir() {
            finder.folder(&path);
        } else {
            finder.file(&path, true);
        }
    }
    finder.discovered
}

/// Nothing was found.
pub(super) fn no_models(options: &ParseOptions) -> Diagnostic {
    if options.paths.is_empty() {
        return Diagnostic::of_file(
            &options.root,
            format!(
                "no `diesel::table!` was found in `schema.rs` or `src/**/*.rs` below `{}`",
                options.root.display()
            ),
        )
        .hint("`--models PATH` names the file or folder that holds the models");
    }
    let paths: Vec<_> = options.paths.iter().map(|p| format!("`{}`", p.display())).collect();
    Diagnostic::of_file(
        &options.root,
        format!("no `diesel::table!` was found in {}", paths.join(", ")),
    )
    .hint("without `--models` the models are looked for in `schema.rs` and `src/**/*.rs`")
}

struct Finder<'a> {
    root: &'a Path,
    /// The root without symbolic links.
    real_root: PathBuf,
    /// The real paths of the files read: two links to one file are one file.
    seen: BTreeSet<PathBuf>,
    discovered: Discovered,
}

impl<'a> Finder<'a> {
    fn new(root: &'a Path) -> Self {
        Self {
            root,
            real_root: fs::canonicalize(root).unwrap_or_else(|_| root.to_owned()),
            seen: BTreeSet::new(),
            discovered: Discovered::default(),
        }
    }

    /// Every `.rs` file below the folder, as git sees it: global ignore files are left out, so
    /// that the models are the same on every machine.
    fn folder(&mut self, folder: &Path) {
        let refused = Arc::new(Mutex::new(Vec::new()));
        let walk = WalkBuilder::new(folder)
            .require_git(false)
            .git_global(false)
            .ignore(false)
            .follow_links(true)
            .sort_by_file_path(Path::cmp)
            .filter_entry({
                let refused = Arc::clone(&refused);
                let real_root = self.real_root.clone();
                move |entry| {
                    let inside = !entry.path_is_symlink()
                        || fs::canonicalize(entry.path())
                            .is_ok_and(|target| target.starts_with(&real_root));
                    if !inside {
                        let mut refused = refused.lock().unwrap_or_else(PoisonError::into_inner);
                        refused.push(entry.path().to_owned());
                    }
                    inside
                }
            })
            .build();
        for entry in walk.filter_map(Result::ok) {
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            if is_file && entry.path().extension().is_some_and(|extension| extension == "rs") {
                self.file(entry.path(), false);
            }
        }
        let refused = std::mem::take(&mut *refused.lock().unwrap_or_else(PoisonError::into_inner));
        for link in refused {
            let is_source = link.extension().is_some_and(|extension| extension == "rs");
            if is_source || link.is_dir() {
                self.refuse(&link);
            }
        }
    }

    /// One of the usual files, which may be a link.
    fn link_or_file(&mut self, path: &Path) {
        match fs::canonicalize(path) {
            Ok(target) if !target.starts_with(&self.real_root) => self.refuse(path),
            _ => self.file(path, false),
        }
    }

    fn refuse(&mut self, link: &Path) {
        let shown = self.shown(link);
        let message = format!("`{}` is a symbolic link out of the package", shown.display());
        self.discovered.errors.push(
            Diagnostic::of_file(&shown, message)
                .hint(format!("`--models {}` reads it", shown.display())),
        );
    }

    /// Reads a file, unless it holds none of the macros. One that was `named` must be readable.
    fn file(&mut self, path: &Path, named: bool) {
        let shown = self.shown(path);
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("`{}` cannot be read: {error}", shown.display());
                self.discovered.errors.push(Diagnostic::of_file(&shown, message));
                return;
            }
        };
        let role = if named {
            Role::Named
        } else if MacroKind::may_be_in(&bytes) {
            Role::Models
        } else if scan::may_declare_modules(&bytes) {
            Role::Modules
        } else {
            return;
        };
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if !self.seen.insert(real) {
            return;
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.discovered.files.push(Source::new(shown, &text, role)),
            Err(_) if role == Role::Modules => {}
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes());
                self.discovered.errors.push(
                    Diagnostic::at(
                        &shown,
                        &text,
                        valid..valid + '\u{fffd}'.len_utf8(),
                        "the file is no valid UTF-8".to_owned(),
                    )
                    .hint("save it as UTF-8, as rustc demands"),
                );
            }
        }
    }

    fn shown(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.root).unwrap_or(path).to_owned()
    }
}
