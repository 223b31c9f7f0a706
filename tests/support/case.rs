//! A folder of `tests/cases`: one change of a schema, and what it takes to try it.
//!
//! | File | What |
//! |---|---|
//! | `before.rs`, `after.rs` | the models |
//! | `answers.txt` | flags of `create`, one a line; `--backend NAME` confines the case to one backend |
//! | `before.<backend>.sql` | creates the database instead of a plan from nothing |
//! | `first.<backend>.sql` | runs before anything else |
//! | `rows.sql` | rows that must survive |
//! | `setup.<backend>.sql` | objects outside the models, created after the rows |
//! | `check.<backend>.sql` | queries, one a line, that say 1 before, after up and after down |
//! | `plan.txt`, `<backend>/up.sql`, `<backend>/down.sql` | expected; written by `make golden` |
//! | `<backend>/refusal.txt` | instead of the scripts: why there is no migration |

use std::fs;
use std::path::PathBuf;

use glowplug::backend::Backend;

/// A folder of `tests/cases`.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) answers: CaseAnswers,
}

/// `answers.txt`.
#[derive(Clone, Debug, Default)]
pub(crate) struct CaseAnswers {
    /// `--backend sqlite`: the only one on which the case makes sense.
    pub(crate) only: Option<String>,
    /// `--since 15`: the first major version of PostgreSQL that can do it.
    pub(crate) since: u32,
    /// `--rename org=company`, `--rename org.name=title`.
    pub(crate) renames: Vec<(String, String)>,
    /// `--fill org.name='x'`.
    pub(crate) fills: Vec<(String, String)>,
    /// `--fill-down org.name='x'`.
    pub(crate) down_fills: Vec<(String, String)>,
    /// `--drop note`.
    pub(crate) drops: Vec<String>,
    /// `--no-renames`.
    pub(crate) no_renames: bool,
    /// `--allow drop-column`.
    pub(crate) allows: Vec<String>,
}

impl Case {
    /// Reads a case by the name of its folder.
    pub(crate) fn open(name: &str) -> Self {
        let folder = super::file("tests/cases").join(name);
        let answers = fs::read_to_string(folder.join("answers.txt")).unwrap_or_default();
        Self { name: name.to_owned(), folder, answers: CaseAnswers::read(&answers) }
    }

    /// The names of all folders.
    pub(crate) fn all() -> Vec<String> {
        let folders = fs::read_dir(super::file("tests/cases")).expect("tests/cases is there");
        let mut names: Vec<String> = folders
            .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// `refused-…`: the rows or the answers forbid the change.
    pub(crate) fn is_refused(&self) -> bool {
        self.name.starts_with("refused-")
    }

    pub(crate) fn runs_on(&self, backend: Backend) -> bool {
        self.answers.only.as_deref().is_none_or(|only| only == backend.word())
    }

    /// A file of the folder, if it is there.
    pub(crate) fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(file)).ok()
    }

    /// `rows.sqlite.sql`: a file for one backend, or nothing.
    pub(crate) fn sql(&self, stem: &str, backend: Backend) -> Option<String> {
        self.text(&format!("{stem}.{}.sql", backend.word()))
    }

    /// The models before or after.
    pub(crate) fn models(&self, side: &str) -> String {
        self.text(side).unwrap_or_else(|| panic!("{}: no `{side}`", self.name))
    }
}

impl CaseAnswers {
    fn read(text: &str) -> Self {
        let mut answers = Self::default();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let (flag, value) = line.split_once(' ').unwrap_or((line, ""));
            let pair = || {
                let (left, right) =
                    value.split_once('=').unwrap_or_else(|| panic!("answer `{line}`"));
                (left.to_owned(), right.to_owned())
            };
            match flag {
                "--backend" => answers.only = Some(value.to_owned()),
                "--since" => answers.since = value.parse().expect("a version"),
                "--rename" => answers.renames.push(pair()),
                "--fill" => answers.fills.push(pair()),
                "--fill-down" => answers.down_fills.push(pair()),
                "--drop" => answers.drops.push(value.to_owned()),
                "--allow" => answers.allows.push(value.to_owned()),
                "--no-renames" => answers.no_renames = true,
                _ => panic!("unknown flag `{line}`"),
            }
        }
        answers
    }

    /// The flags as `glowplug create` takes them.
    pub(crate) fn flags(&self) -> Vec<String> {
        let mut flags = Vec::new();
        let pairs = [
            ("--rename", &self.renames),
            ("--fill", &self.fills),
            ("--fill-down", &self.down_fills),
        ];
        for (flag, pairs) in pairs {
            flags.extend(pairs.iter().flat_map(|(l, r)| [flag.to_owned(), format!("{l}={r}")]));
        }
        flags.extend(self.no_renames.then(|| "--no-renames".to_owned()));
        flags.extend(self.drops.iter().flat_map(|name| ["--drop".to_owned(), name.clone()]));
        flags.extend(self.allows.iter().flat_map(|name| ["--allow".to_owned(), name.clone()]));
        flags
    }
}
