//! The files that hold settings: `.env`, Cargo.toml and diesel.toml.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::config::ConfigError;

/// A TOML file.
#[derive(Clone, Debug)]
pub(super) struct TomlFile {
    pub(super) path: PathBuf,
    pub(super) table: toml::Table,
}

/// The variables of a `.env`.
#[derive(Clone, Debug)]
pub(super) struct Dotenv {
    pub(super) path: PathBuf,
    pub(super) variables: BTreeMap<String, String>,
}

impl TomlFile {
    pub(super) fn read(path: PathBuf) -> Result<Self, ConfigError> {
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) => return Err(ConfigError::Unreadable { path, source }),
        };
        match text.parse::<toml::Table>() {
            Ok(table) => Ok(Self { path, table }),
            Err(source) => Err(ConfigError::Toml { path, source }),
        }
    }
}

impl Dotenv {
    /// Reads `.env` from the directory upwards, without touching the environment.
    pub(super) fn read(directory: &Path) -> Result<Option<Self>, ConfigError> {
        let file = directory.ancestors().map(|dir| dir.join(".env")).find(|path| path.is_file());
        let Some(path) = file else { return Ok(None) };
        let unreadable = |error| match error {
            dotenvy::Error::Io(source) => ConfigError::Unreadable { path: path.clone(), source },
            dotenvy::Error::LineParse(text, _) => {
                ConfigError::DotenvLine { path: path.clone(), line: line_of(&path, &text) }
            }
            _ => ConfigError::DotenvLine { path: path.clone(), line: 1 },
        };
        let variables = dotenvy::from_path_iter(&path)
            .and_then(Iterator::collect::<Result<BTreeMap<_, _>, _>>)
            .map_err(unreadable)?;
        Ok(Some(Self { path, variables }))
    }
}

/// dotenvy tells the text of a wrong line and a position within it, but not its number.
fn line_of(path: &Path, text: &str) -> usize {
    let file = std::fs::read_to_string(path).unwrap_or_default();
    file.lines().position(|line| line.contains(text.trim())).map_or(1, |index| index + 1)
}

/// The value at a dotted place.
pub(super) fn at<'a>(table: &'a toml::Table, place: &str) -> Option<&'a toml::Value> {
    let (parents, key) = place.rsplit_once('.').unwrap_or(("", place));
    let parent = parents
        .split('.')
        .filter(|parent| !parent.is_empty())
        .try_fold(table, |table, parent| table.get(parent)?.as_table())?;
    parent.get(key)
}

/// The words of a TOML value: of an array, its texts; of a single value, the value.
pub(super) fn words(value: &toml::Value) -> Option<Vec<String>> {
    match value {
        toml::Value::String(text) => Some(vec![text.clone()]),
        toml::Value::Integer(number) => Some(vec![number.to_string()]),
        toml::Value::Float(number) => Some(vec![number.to_string()]),
        toml::Value::Boolean(switch) => Some(vec![switch.to_string()]),
        toml::Value::Datetime(_) | toml::Value::Table(_) => None,
        toml::Value::Array(values) => {
            values.iter().map(|value| value.as_str().map(ToOwned::to_owned)).collect()
        }
    }
}
