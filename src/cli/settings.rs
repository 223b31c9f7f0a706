//! The settings, as one table: where each may be written, and what holds when it is not.

use std::fmt::Write as _;

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One text.
    Text,
    /// One path; in a file, relative to the file.
    Path,
    /// Several texts; comma-separated where it is no TOML.
    Texts,
    /// Several paths; comma-separated where it is no TOML, relative to the file where it is.
    Paths,
    /// `true` or `false`.
    Switch,
    /// Seconds.
    Seconds,
    /// Mebibytes.
    Mebibytes,
}

/// One setting. The first place where it is written wins, from left to right.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name, and its key in `[package.metadata.glowplug]` if `cargo` is true.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Its flag.
    pub flag: Option<&'static str>,
    /// Its variable, in the environment and in `.env`.
    pub variable: Option<&'static str>,
    /// Whether Cargo.toml may hold it.
    pub cargo: bool,
    /// Its place in diesel.toml.
    pub diesel: Option<&'static str>,
    /// What holds when it is written nowhere.
    pub default: &'static str,
    /// What it says.
    pub help: &'static str,
}

/// Declares the settings as constants and as the table of them all.
macro_rules! settings {
    ($($constant:ident: $name:literal $kind:ident, flag $flag:expr, variable $variable:expr,
        cargo $cargo:literal, diesel $diesel:expr, default $default:literal, $help:literal;)*) => {
        $(
            pub(super) const $constant: Setting = Setting {
                name: $name, kind: Kind::$kind, flag: $flag, variable: $variable,
                cargo: $cargo, diesel: $diesel, default: $default, help: $help,
            };
        )*
        /// Every setting. The help and the README print this table.
        pub const SETTINGS: &[Setting] = &[$($constant),*];
    };
}

settings! {
    DATABASE_URL: "database-url" Text,
        flag Some("--database-url"), variable Some("DATABASE_URL"), cargo false, diesel None,
        default "none", "the database: the URL of a server, or the path of a SQLite file";
    CONFIG_FILE: "config-file" Path,
        flag Some("--config-file"), variable Some("DIESEL_CONFIG_FILE"), cargo false, diesel None,
        default "diesel.toml", "Diesel's configuration";
    MIGRATION_DIR: "migration-dir" Path,
        flag Some("--migration-dir"), variable Some("MIGRATION_DIRECTORY"), cargo true,
        diesel Some("migrations_directory.dir"),
        default "migrations", "the directory of the migrations";
    MODELS: "models" Paths,
        flag Some("--models"), variable Some("GLOWPLUG_MODELS"), cargo true, diesel None,
        default "schema.rs, src/schema.rs, src/**/*.rs", "the files and directories that hold models";
    FEATURES: "features" Texts,
        flag Some("--features"), variable Some("GLOWPLUG_FEATURES"), cargo true, diesel None,
        default "none", "the Cargo features with which `cfg`s in the models are read";
    UNMANAGED: "unmanaged" Texts,
        flag None, variable Some("GLOWPLUG_UNMANAGED"), cargo true,
        diesel Some("print_schema.filter"),
        default "none", "patterns of names that are nobody's business here, such as `spatial_*`";
    COMMENTS: "comments" Switch,
        flag None, variable Some("GLOWPLUG_COMMENTS"), cargo true, diesel None,
        default "false", "whether doc comments become comments in the database";
    PROVE: "prove" Text,
        flag Some("--prove"), variable Some("GLOWPLUG_PROVE"), cargo true, diesel None,
        default "by host", "where PostgreSQL proves a migration: live or scratch";
    PROOF_LIMIT: "proof-limit" Mebibytes,
        flag None, variable Some("GLOWPLUG_PROOF_LIMIT"), cargo true, diesel None,
        default "256", "the largest SQLite file, in MiB, that is proven with all its rows and not a sample";
    SQLITE_MIN_VERSION: "sqlite-min-version" Text,
        flag None, variable Some("GLOWPLUG_SQLITE_MIN_VERSION"), cargo true, diesel None,
        default "3.35", "the oldest SQLite that runs the migrations, from 3.26; before 3.35 it drops no column in place";
    LOCK_TIMEOUT: "lock-timeout" Seconds,
        flag Some("--lock-timeout"), variable Some("GLOWPLUG_LOCK_TIMEOUT"), cargo true,
        diesel None,
        default "60", "how many seconds to wait for the migration lock";
    LOCK_MODE: "lock-mode" Text,
        flag Some("--lock-mode"), variable Some("GLOWPLUG_LOCK_MODE"), cargo true, diesel None,
        default "session", "how other processes are kept away: session, transaction, table or none";
    STRICT: "strict" Switch,
        flag Some("--strict"), variable Some("GLOWPLUG_STRICT"), cargo true, diesel None,
        default "false", "whether a pending migration older than an applied one is an error";
    NOW: "now" Text,
        flag None, variable Some("GLOWPLUG_NOW"), cargo false, diesel None,
        default "the time in UTC", "the time that a new migration bears, as 2026-11-22-110343";
}

/// The variables as a section of the help.
pub(super) fn help() -> String {
    let mut text = String::from("Environment (also read from .env):\n");
    for setting in SETTINGS {
        if let Some(variable) = setting.variable {
            let _ = writeln!(text, "  {variable:<28}{}", setting.help);
        }
    }
    text.push_str("  NO_COLOR                    no colours\n");
    text
}
