use std::io;
use std::path::{Path, PathBuf};

/// Why migrations cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FilesError {
    /// There is no such directory.
    #[error("there is no directory `{}`", path.display())]
    NoDirectory {
        /// The path.
        path: PathBuf,
    },
    /// The path is something else.
    #[error("`{}` is not a directory", path.display())]
    NotADirectory {
        /// The path.
        path: PathBuf,
    },
    /// A directory of migrations is a link: what is written would land elsewhere.
    #[error("`{}` is a symbolic link; expected the directory itself, for writing", path.display())]
    SymbolicLink {
        /// The link.
        path: PathBuf,
    },
    /// A name is no UTF-8.
    #[error("the name of `{}` is not UTF-8", path.display())]
    NameNotUtf8 {
        /// The entry.
        path: PathBuf,
    },
    /// A directory without up.sql.
    #[error("`{}` has no `up.sql`", path.display())]
    NoUp {
        /// The migration's directory.
        path: PathBuf,
    },
    /// up.sql has no byte: Diesel CLI refuses that too.
    #[error("`{}` is empty", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// Something that should be a plain file is none.
    #[error("`{}` is not a file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// A file is longer than any migration.
    #[error("`{}` has {bytes} bytes; expected at most {limit}", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
        /// Its length.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// A file is no UTF-8.
    #[error("`{}` is not UTF-8 at byte {offset}{}", path.display(), if *utf16 { ": it looks like UTF-16" } else { "" })]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The first wrong byte.
        offset: usize,
        /// Whether it starts with the mark of UTF-16.
        utf16: bool,
    },
    /// A SQL text holds a NUL byte, which no client sends.
    #[error("`{}` has a NUL byte at byte {offset}", path.display())]
    Nul {
        /// The file.
        path: PathBuf,
        /// The byte.
        offset: usize,
    },
    /// metadata.toml is no TOML.
    #[error("`{}` is not TOML: {reason}", path.display())]
    MetadataMalformed {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        reason: String,
    },
    /// metadata.toml does not say what Diesel would guess as `false`.
    #[error(
        "`{}` does not say `run_in_transaction`; expected `run_in_transaction = true` or `false` (Diesel takes its absence for `false`)", path.display()
    )]
    MetadataSilent {
        /// The file.
        path: PathBuf,
    },
    /// `run_in_transaction` is no boolean.
    #[error("`run_in_transaction` in `{}` is {found}; expected `true` or `false`", path.display())]
    MetadataType {
        /// The file.
        path: PathBuf,
        /// Its TOML type.
        found: String,
    },
    /// Every timestamp would sort before a migration that is there.
    #[error(
        "no timestamp sorts after the version `{version}` of `{}`", path.display()
    )]
    NoLaterVersion {
        /// The migration that sorts last.
        path: PathBuf,
        /// Its version.
        version: String,
    },
    /// The directory was changed by somebody else in the meantime.
    #[error("`{}` was changed in the meantime; expected what was read before", path.display())]
    Changed {
        /// The directory.
        path: PathBuf,
    },
    /// Another migration was written since the database was compared: it may do the same.
    #[error("`{}` was written in the meantime; nothing was written beside it", path.display())]
    Overtaken {
        /// The other migration.
        path: PathBuf,
    },
    /// One directory cannot take the place of another in one step here.
    #[error(
        "`{}` cannot be replaced in one step on this file system: {source}", path.display()
    )]
    NoExchange {
        /// The directory.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another process keeps writing here.
    #[error("another process is writing to `{}`", path.display())]
    Busy {
        /// The directory.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("cannot {doing} `{}`: {source}", path.display())]
    Io {
        /// The verb.
        doing: &'static str,
        /// The path.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
}

impl FilesError {
    pub(super) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { doing, path: path.to_owned(), source }
    }

    /// Whether the directory does not exist.
    #[must_use]
    pub fn is_no_directory(&self) -> bool {
        matches!(self, Self::NoDirectory { .. })
    }
}
