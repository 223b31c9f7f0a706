//! Rust source text to model.
//!
//! [`read_models`] finds the files that hold `diesel::table!`, `diesel::joinable!` or
//! [`ddl!`](crate::ddl), and reads them into one [`Schema`]; [`parse_source`] reads one text.
//! Nothing is compiled or expanded: the macros are read token by token, so that every fault of
//! every file is reported at once, each with its line and a caret.
//!
//! ```
//! use glowplug::backend::Backend;
//! use glowplug::parse::parse_source;
//!
//! let text = r#"
//!     diesel::table! { session (id) { id -> Integer, status -> Text } }
//!     glowplug::ddl! { table session { status: default "'pending'"; index (status); } }
//! "#;
//! let schema = parse_source("src/schema.rs".as_ref(), text, Backend::Sqlite)?;
//! let session = schema.table(&"session".into()).expect("the table is there");
//! assert_eq!(session.columns[1].default.as_deref(), Some("'pending'"));
//! assert_eq!(session.indexes.len(), 1);
//! # Ok::<(), glowplug::parse::ParseErrors>(())
//! ```

mod assemble;
mod attributes;
mod cfg;
mod collect;
mod ddl_clause;
mod ddl_column;
mod ddl_definition;
mod ddl_foreign_key;
mod ddl_index;
mod ddl_key;
mod ddl_macro;
mod ddl_options;
mod diagnostic;
mod discover;
mod enum_derive;
mod imports;
mod merge;
mod merge_index;
mod relation_macros;
mod resolve;
mod scan;
mod source;
mod sql;
mod sql_type_attribute;
mod suggest;
mod table_macro;
mod tokens;
mod types;

pub use diagnostic::{Diagnostic, DiagnosticSeverity, ParseErrors};

use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use crate::backend::Backend;
use crate::model::Schema;
use source::{Role, Source};

/// Where the models are, and for whom they are read.
#[derive(Clone, Debug)]
pub struct ParseOptions {
    /// The folder of the package.
    pub root: PathBuf,
    /// `--models`: the files and folders to read, relative to the root. Empty: they are discovered.
    pub paths: Vec<PathBuf>,
    /// The backend whose SQL is picked where `ddl!` has one for each.
    pub backend: Backend,
    /// `--features`: the features that `#[cfg(feature = "…")]` sees.
    pub features: Vec<String>,
    /// The setting `comments`: doc comments become comments in the database.
    pub comments: bool,
    /// Whether models without a table are models: for those who name the file, and mean it.
    pub may_be_empty: bool,
}

impl ParseOptions {
    /// Models that are discovered below `root`, without features.
    pub fn new(root: impl Into<PathBuf>, backend: Backend) -> Self {
        Self {
            root: root.into(),
            paths: Vec::new(),
            backend,
            features: Vec::new(),
            comments: false,
            may_be_empty: false,
        }
    }
}

/// The models of a package.
#[derive(Clone, Debug)]
pub struct Models {
    /// What they say.
    pub schema: Schema,
    /// The files that hold them, relative to the root where they lie below it.
    pub files: Vec<PathBuf>,
    /// What is odd but can be read.
    pub warnings: Vec<Diagnostic>,
}

/// Finds and reads the models of a package.
///
/// # Errors
/// Everything that is wrong, of all files at once. A file that is no valid Rust or no UTF-8 is an
/// error, and so are models without a single table and without a `ddl! {}`: an empty schema would
/// mean that all was deleted.
pub fn read_models(options: &ParseOptions) -> Result<Models, ParseErrors> {
    Reading::start(options.clone()).finish()
}

/// Models that are being read, while their reader does something else.
#[must_use]
pub struct Reading(OnLargeStack<Result<Models, ParseErrors>>);

impl Reading {
    /// Begins to find and read the models of a package.
    pub fn start(options: ParseOptions) -> Self {
        Self(OnLargeStack::start(move || read(&options)))
    }

    /// Waits for them.
    ///
    /// # Errors
    /// As for [`read_models`].
    pub fn finish(self) -> Result<Models, ParseErrors> {
        self.0.finish()?
    }
}

/// Runs on a large stack.
fn read(options: &ParseOptions) -> Result<Models, ParseErrors> {
    let discovered = discover::discover(options);
    let sources = discovered.files;
    let mut assembled = assemble::assemble(&sources, options);
    assembled.errors.extend(discovered.errors);
    let schema = &assembled.schema;
    let is_empty = schema.tables.is_empty() && schema.views.is_empty();
    let is_meant = options.may_be_empty || assembled.says_nothing;
    if assembled.errors.is_empty() && is_empty && !is_meant {
        assembled.errors.push(discover::no_models(options));
    }
    if !assembled.errors.is_empty() {
        return Err(ParseErrors::sorted(assembled.errors));
    }
    let used = assembled.used.iter();
    let files = sources.into_iter().zip(used).filter(|(_, used)| **used);
    Ok(Models {
        schema: assembled.schema,
        files: files.map(|(source, _)| source.path).collect(),
        warnings: assembled.warnings,
    })
}

/// Reads one text, as if it was the only file, without features. A text without macros is an
/// empty schema.
///
/// # Errors
/// Everything that is wrong with it.
pub fn parse_source(file: &Path, text: &str, backend: Backend) -> Result<Schema, ParseErrors> {
    let sources = [Source::new(file.to_owned(), text, Role::Named)];
    let options = ParseOptions::new("", backend);
    let assembled = OnLargeStack::start(move || assemble::assemble(&sources, &options)).finish()?;
    if assembled.errors.is_empty() {
        Ok(assembled.schema)
    } else {
        Err(ParseErrors::sorted(assembled.errors))
    }
}

/// Work on a thread of its own: syn reads by recursion, and no file may overflow the stack.
struct OnLargeStack<T>(std::io::Result<JoinHandle<T>>);

impl<T: Send + 'static> OnLargeStack<T> {
    fn start(work: impl FnOnce() -> T + Send + 'static) -> Self {
        let thread = std::thread::Builder::new()
            .name("glowplug-parse".to_owned())
            .stack_size(source::STACK_BYTES);
        Self(thread.spawn(work))
    }

    fn finish(self) -> Result<T, ParseErrors> {
        match self.0.map(JoinHandle::join) {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => Err(ParseErrors(vec![Diagnostic::of_file(
                Path::new("."),
                format!("no thread could be started to read the models: {error}"),
            )])),
        }
    }
}
