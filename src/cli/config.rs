//! Where the settings come from: flag, environment, `.env`, Cargo.toml, diesel.toml, default.
//!
//! The only file that reads the environment. Nothing is written back to it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::settings::{self, Kind, SETTINGS, Setting};
use super::sources::{Dotenv, TomlFile, at, words};
use crate::backend::{EngineVersion, sqlite};

/// Why the settings cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConfigError {
    #[error("the current directory cannot be read")]
    CurrentDirectory(#[source] std::io::Error),
    #[error("`{}` cannot be read", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("`{}` is not valid TOML", path.display())]
    Toml { path: PathBuf, source: toml::de::Error },
    /// The text of the line is left out: it may hold a password.
    #[error("line {line} of `{}` is not of the form `NAME=value`", path.display())]
    DotenvLine { path: PathBuf, line: usize },
    #[error("Unable to find diesel.toml or Cargo.toml in {0:?} or any parent directories.")]
    NoProject(PathBuf),
    #[error("the variable `{variable}` is not valid Unicode")]
    NotUnicode { variable: &'static str },
    #[error("`[package.metadata.glowplug]` in `{}` has the unknown key `{key}`", path.display())]
    UnknownKey { path: PathBuf, key: String, nearest: Option<&'static str> },
    #[error("{origin} is `{found}`, expected {expected}")]
    WrongValue { origin: Origin, found: String, expected: &'static str },
}

/// What a configuration that is named but not there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Absent {
    IsWrong,
    IsEmpty,
}

/// Where a value was found.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    Flag(&'static str),
    Variable(&'static str),
    Dotenv(&'static str, PathBuf),
    Key(&'static str, PathBuf),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "`{flag}`"),
            Self::Variable(variable) => write!(f, "the variable `{variable}`"),
            Self::Dotenv(name, path) | Self::Key(name, path) => {
                write!(f, "`{name}` in `{}`", path.display())
            }
        }
    }
}

/// A value as it was written.
#[derive(Clone, Debug)]
struct Found {
    words: Vec<String>,
    origin: Origin,
}

impl Found {
    /// Paths in a file are relative to the file, others to the current directory.
    fn path(&self, word: &str) -> PathBuf {
        match &self.origin {
            Origin::Key(_, file) => file.parent().unwrap_or(Path::new("")).join(word),
            Origin::Flag(_) | Origin::Variable(_) | Origin::Dotenv(..) => PathBuf::from(word),
        }
    }

    fn parse<T: FromStr>(self, expected: &'static str) -> Result<T, ConfigError> {
        let word = self.words.concat();
        let wrong = ConfigError::WrongValue { origin: self.origin, found: word.clone(), expected };
        word.parse().map_err(|_| wrong)
    }
}

/// The project around the current directory, and its settings.
#[derive(Clone, Debug)]
pub(super) struct Project {
    current: PathBuf,
    root: PathBuf,
    /// Whether a diesel.toml or Cargo.toml marks the root.
    is_marked: bool,
    dotenv: Option<Dotenv>,
    cargo: Option<TomlFile>,
    diesel: Option<TomlFile>,
}

impl Project {
    /// Reads the settings around the current directory.
    pub(super) fn find(config_file: Option<&Path>) -> Result<Self, ConfigError> {
        Self::read(config_file, Absent::IsWrong)
    }

    /// The same as Diesel CLI does it: a configuration that is named and not there is an empty one.
    pub(super) fn find_as_diesel_cli(config_file: Option<&Path>) -> Result<Self, ConfigError> {
        Self::read(config_file, Absent::IsEmpty)
    }

    fn read(config_file: Option<&Path>, absent: Absent) -> Result<Self, ConfigError> {
        let current = std::env::current_dir().map_err(ConfigError::CurrentDirectory)?;
        let ancestor_with = |file: &str| {
            current.ancestors().find(|dir| dir.join(file).is_file()).map(Path::to_path_buf)
        };
        // As Diesel CLI: the nearest diesel.toml wins over a nearer Cargo.toml.
        let cargo_root = ancestor_with("Cargo.toml");
        let marked = ancestor_with("diesel.toml").or_else(|| cargo_root.clone());
        let mut project = Self {
            is_marked: marked.is_some(),
            root: marked.unwrap_or_else(|| current.clone()),
            dotenv: Dotenv::read(&current)?,
            current,
            cargo: None,
            diesel: None,
        };
        if let Some(dir) = cargo_root {
            project.cargo = Some(TomlFile::read(dir.join("Cargo.toml"))?);
            project.refuse_unknown_keys()?;
        }
        let (path, is_named) = project.config_file(config_file)?;
        let wanted = path.is_file() || is_named && absent == Absent::IsWrong;
        project.diesel = wanted.then(|| TomlFile::read(path)).transpose()?;
        Ok(project)
    }

    /// Where diesel.toml is, or would be, and whether it is named.
    pub(super) fn config_file(&self, flag: Option<&Path>) -> Result<(PathBuf, bool), ConfigError> {
        let flag = flag.map(|path| path.to_string_lossy().into_owned());
        Ok(match self.found(&settings::CONFIG_FILE, flag.as_slice())? {
            Some(found) => (found.path(&found.words.concat()), true),
            None => (self.root.join("diesel.toml"), false),
        })
    }

    /// diesel.toml, if there is one.
    pub(super) fn diesel_toml(&self) -> Option<&TomlFile> {
        self.diesel.as_ref()
    }

    /// The directory that a diesel.toml or Cargo.toml marks, or why there is none.
    pub(super) fn marked_root(&self) -> Result<&Path, ConfigError> {
        match self.is_marked {
            true => Ok(&self.root),
            false => Err(ConfigError::NoProject(self.current.clone())),
        }
    }

    /// The project's directory.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The URL of the database, with where it was written.
    pub(super) fn database_url(
        &self,
        flag: Option<&str>,
    ) -> Result<Option<(String, Origin)>, ConfigError> {
        let flag = flag.map(ToOwned::to_owned);
        let found = self.found(&settings::DATABASE_URL, flag.as_slice())?;
        Ok(found.map(|found| (found.words.concat(), found.origin)))
    }

    /// The directory of the migrations.
    pub(super) fn migration_dir(&self, flag: Option<&Path>) -> Result<PathBuf, ConfigError> {
        let flag = flag.map(|path| path.to_string_lossy().into_owned());
        let found = self.found(&settings::MIGRATION_DIR, flag.as_slice())?;
        Ok(found
            .map_or_else(|| self.nearest_migrations(), |found| found.path(&found.words.concat())))
    }

    /// As Diesel CLI: the nearest `migrations` upwards; where there is none, that of the root.
    fn nearest_migrations(&self) -> PathBuf {
        let name = settings::MIGRATION_DIR.default;
        let mut all = self.current.ancestors().map(|dir| dir.join(name));
        all.find(|path| path.is_dir()).unwrap_or_else(|| self.root.join(name))
    }

    /// The files and directories that hold models; none: they are searched for.
    pub(super) fn models(&self, flag: &[PathBuf]) -> Result<Vec<PathBuf>, ConfigError> {
        let flag: Vec<_> = flag.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let found = self.found(&settings::MODELS, &flag)?;
        Ok(found
            .map(|found| found.words.iter().map(|word| found.path(word)).collect())
            .unwrap_or_default())
    }

    /// A list of texts.
    pub(super) fn texts(
        &self,
        setting: &Setting,
        flag: &[String],
    ) -> Result<Vec<String>, ConfigError> {
        Ok(self.found(setting, flag)?.map(|found| found.words).unwrap_or_default())
    }

    /// One text.
    pub(super) fn text(
        &self,
        setting: &Setting,
        flag: Option<&str>,
    ) -> Result<Option<String>, ConfigError> {
        let flag = flag.map(ToOwned::to_owned);
        Ok(self.found(setting, flag.as_slice())?.map(|found| found.words.concat()))
    }

    /// `true` or `false`. A flag can only say `true`.
    pub(super) fn switch(&self, setting: &Setting, flag: bool) -> Result<bool, ConfigError> {
        let flag = flag.then(|| "true".to_owned());
        match self.found(setting, flag.as_slice())? {
            Some(found) => found.parse("`true` or `false`"),
            None => Ok(false),
        }
    }

    /// Seconds.
    pub(super) fn seconds(
        &self,
        setting: &Setting,
        flag: Option<u64>,
    ) -> Result<Option<u64>, ConfigError> {
        let flag = flag.map(|seconds| seconds.to_string());
        let found = self.found(setting, flag.as_slice())?;
        found.map(|found| found.parse("a number of seconds")).transpose()
    }

    /// A version of SQLite.
    pub(super) fn sqlite_version(
        &self,
        setting: &Setting,
    ) -> Result<Option<EngineVersion>, ConfigError> {
        let Some(found) = self.found(setting, &[])? else { return Ok(None) };
        let expected = "a version of SQLite that is 3.26 or newer, such as `3.35`";
        let version: EngineVersion = found.clone().parse(expected)?;
        match version >= sqlite::OLDEST {
            true => Ok(Some(version)),
            false => Err(ConfigError::WrongValue {
                origin: found.origin,
                found: found.words.concat(),
                expected,
            }),
        }
    }

    /// Mebibytes, as bytes.
    pub(super) fn mebibytes(&self, setting: &Setting) -> Result<Option<i64>, ConfigError> {
        let Some(found) = self.found(setting, &[])? else { return Ok(None) };
        let mebibytes: u32 = found.parse("a number of MiB")?;
        Ok(Some(i64::from(mebibytes) << 20))
    }

    /// The tables that diesel.toml's filter names: those it keeps, and those it leaves out.
    pub(super) fn diesel_filter(&self) -> (Vec<String>, Vec<String>) {
        let names = |key| {
            let value = self.diesel.as_ref().and_then(|file| at(&file.table, key));
            value.and_then(words).unwrap_or_default()
        };
        (names("print_schema.filter.only_tables"), names("print_schema.filter.except_tables"))
    }

    /// Files that Diesel CLI overwrites after a migration and that hold `ddl!`.
    pub(super) fn endangered_files(&self) -> Vec<PathBuf> {
        let Some(diesel) = &self.diesel else { return Vec::new() };
        let Some(toml::Value::Table(section)) = diesel.table.get("print_schema") else {
            return Vec::new();
        };
        let named = section.values().filter_map(|value| value.as_table()?.get("file"));
        let base = diesel.path.parent().unwrap_or(Path::new(""));
        section
            .get("file")
            .into_iter()
            .chain(named)
            .filter_map(|file| Some(base.join(file.as_str()?)))
            .filter(|path| std::fs::read_to_string(path).is_ok_and(|text| text.contains("ddl!")))
            .collect()
    }

    /// The first place where the setting is written.
    fn found(&self, setting: &Setting, flag: &[String]) -> Result<Option<Found>, ConfigError> {
        if let (Some(name), false) = (setting.flag, flag.is_empty()) {
            return Ok(Some(Found { words: flag.to_vec(), origin: Origin::Flag(name) }));
        }
        if let Some(found) = setting.variable.and_then(|name| self.variable(name).transpose()) {
            let (text, origin) = found?;
            return Ok(Some(Found { words: split(setting.kind, &text), origin }));
        }
        let cargo_key = setting.cargo.then_some(setting.name);
        // `print_schema.filter` is a table of its own: `diesel_filter` reads it.
        let diesel_key = setting.diesel.filter(|_| setting.kind == Kind::Path);
        let places = [
            (&self.cargo, cargo_key, cargo_key.map(|key| format!("{METADATA}.{key}"))),
            (&self.diesel, diesel_key, diesel_key.map(ToOwned::to_owned)),
        ];
        for (file, name, place) in places {
            let (Some(file), Some(name), Some(place)) = (file, name, place) else { continue };
            let Some(value) = at(&file.table, &place) else { continue };
            let origin = Origin::Key(name, file.path.clone());
            match words(value) {
                Some(words) => return Ok(Some(Found { words, origin })),
                None => {
                    let found = value.to_string();
                    let expected = "a value or an array of texts";
                    return Err(ConfigError::WrongValue { origin, found, expected });
                }
            }
        }
        Ok(None)
    }

    /// A variable of the environment, else of `.env`. An empty one is none.
    #[expect(clippy::disallowed_methods, reason = "this is the file that reads the environment")]
    fn variable(&self, name: &'static str) -> Result<Option<(String, Origin)>, ConfigError> {
        let value = match std::env::var(name) {
            Ok(value) => Some((value, Origin::Variable(name))),
            Err(std::env::VarError::NotUnicode(_)) => {
                return Err(ConfigError::NotUnicode { variable: name });
            }
            Err(std::env::VarError::NotPresent) => self.dotenv.as_ref().and_then(|file| {
                let value = file.variables.get(name)?;
                Some((value.clone(), Origin::Dotenv(name, file.path.clone())))
            }),
        };
        Ok(value.filter(|(value, _)| !value.is_empty()))
    }

    fn refuse_unknown_keys(&self) -> Result<(), ConfigError> {
        let Some(cargo) = &self.cargo else { return Ok(()) };
        let Some(toml::Value::Table(metadata)) = at(&cargo.table, METADATA) else { return Ok(()) };
        let known = || SETTINGS.iter().filter(|setting| setting.cargo).map(|setting| setting.name);
        match metadata.keys().find(|key| !known().any(|name| name == key.as_str())) {
            None => Ok(()),
            Some(key) => Err(ConfigError::UnknownKey {
                path: cargo.path.clone(),
                nearest: known().find(|name| is_near(name, key)),
                key: key.clone(),
            }),
        }
    }
}

/// The name that the program was called by, where that is Diesel CLI's; else its own.
pub(super) fn program() -> &'static str {
    let called = std::env::args_os().next().map(PathBuf::from);
    match called.as_deref().and_then(Path::file_stem) {
        Some(name) if name == "diesel" => "diesel",
        Some(_) | None => "glowplug",
    }
}

const METADATA: &str = "package.metadata.glowplug";

fn split(kind: Kind, text: &str) -> Vec<String> {
    match kind {
        Kind::Texts | Kind::Paths => {
            text.split(',').map(str::trim).filter(|w| !w.is_empty()).map(Into::into).collect()
        }
        Kind::Text | Kind::Path | Kind::Switch | Kind::Seconds | Kind::Mebibytes => {
            vec![text.to_owned()]
        }
    }
}

/// Whether one name is the other with one letter added, left out or replaced, or `_` for `-`.
fn is_near(name: &str, other: &str) -> bool {
    let (name, other) = (name.replace('_', "-"), other.replace('_', "-"));
    let prefix = name.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let suffix = |text: &str| text.chars().skip(prefix).collect::<String>();
    let (name, other) = (suffix(&name), suffix(&other));
    let tail = |text: &str| text.chars().skip(1).collect::<String>();
    tail(&name) == tail(&other) || tail(&name) == other || name == tail(&other)
}
