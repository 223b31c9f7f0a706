//! One pair: made from a seed, migrated there, back, and there again.

use std::path::Path;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};
use fastrand::Rng;
use glowplug::backend::sqlite::{Sqlite, introspect::introspect};
use glowplug::backend::{Backend, Scope};
use glowplug::model::Schema;

use super::mutate::Change;
use super::shape::Shape;
use super::{depth, generate, models, mutate, sql};
use crate::support::difference;
use crate::support::engine::{self, Planned};
use crate::support::fate::Fates;
use crate::support::rows::{self, Rows};
use crate::support::sqlite::{Fingerprint, Judge, framed};
use crate::support::tokens;

/// What a pair is made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seed {
    pub(crate) number: u64,
    /// Without what only SQLite has: as the pair was when it found its defect.
    pub(crate) plain: bool,
}

/// What became of a pair.
pub(crate) enum Outcome {
    Fine,
    /// The two were one to glowplug.
    Same,
    /// glowplug refused, and named what is in the way.
    Refused(String),
    Failed(String),
}

/// Everything about a pair.
struct Pair {
    from: Shape,
    to: Shape,
    change: Change,
    /// What made the database.
    script: String,
    before: Schema,
    after: Schema,
    judge: Judge,
    /// Whether the runner has foreign keys on.
    foreign_keys: bool,
    /// Every fourth migration is proven by glowplug first, which must not refuse what is right.
    proven: bool,
}

/// Lives through one pair.
pub(crate) fn live(seed: Seed, folder: &Path) -> Outcome {
    let path = folder.join(format!("{}.sqlite", seed.number));
    let outcome = match Pair::make(seed, &path) {
        Ok(pair) => {
            let log = pair.change.log.join("\n  ");
            let script = pair.script.clone();
            match pair.live() {
                Ok(outcome) => outcome,
                Err(problem) => {
                    Outcome::Failed(format!("{problem}\nchanges:\n  {log}\nmade by:\n{script}"))
                }
            }
        }
        Err(problem) => Outcome::Failed(problem),
    };
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(&format!("{}.", seed.number)) {
            drop(std::fs::remove_file(entry.path()));
        }
    }
    outcome
}

impl Pair {
    fn make(seed: Seed, path: &Path) -> Result<Self, String> {
        let mut rng = Rng::with_seed(seed.number);
        let mut depth = Rng::with_seed(!seed.number);
        let mut from = generate::shape(&mut rng);
        if !seed.plain {
            depth::decorate(&mut depth, &mut from);
        }
        let (mut to, mut change) = mutate::mutate(&mut rng, &from);
        if !seed.plain {
            depth::refine(&mut depth, &mut to, &mut change);
        }
        let create = sql::create(&mut rng, &from);
        let script = format!("{create}{}{}", sql::rows(&from), from.around.join("\n"));
        run(path, &format!("PRAGMA foreign_keys = OFF; {script}"))
            .map_err(|e| format!("the generator is wrong: {e}\n{script}"))?;
        let parse = |shape: &Shape, change: &Change| {
            let text = models::models(shape, change);
            engine::models(Path::new("schema.rs"), &text, Backend::Sqlite)
                .map_err(|e| format!("the models are refused: {e}\n{text}"))
        };
        let pair = Self {
            before: parse(&from, &Change::default())?,
            after: parse(&to, &change)?,
            from,
            to,
            change,
            script,
            judge: Judge::inside(path),
            foreign_keys: rng.bool(),
            proven: seed.number.is_multiple_of(4),
        };
        let wrong = pair.judge.problems();
        if wrong.is_empty() { Ok(pair) } else { Err(format!("the generator is wrong: {wrong:?}")) }
    }

    fn live(self) -> Result<Outcome, String> {
        let before = self.look();
        let verbatim = self.judge.verbatim();
        self.pull_says_all()?;
        // The models of what is there say nothing new.
        if let Some(planned) = self.plan(&self.before, &Change::default())? {
            let text = crate::support::plan_text::operations(&planned.operations);
            return Err(format!("the database differs from its own models:\n{text}"));
        }
        let planned = match self.plan(&self.after, &self.change) {
            Ok(Some(planned)) => planned,
            Ok(None) => return Ok(Outcome::Same),
            Err(error) if is_refusal(&error) => return Ok(Outcome::Refused(error)),
            Err(error) => return Err(error),
        };

        self.run("up", &planned, true)?;
        let after = self.look();
        let fates = Fates::of(&self.before, &self.after, &self.change.answers());
        let mut problems = fates.lost_on_the_way_up(&before.1, &after.1);
        problems.extend(self.unlike_the_target(&after.0)?);
        problems.extend(self.touched_without_need(&verbatim));
        problems.extend(self.spelt_otherwise(&verbatim, &planned.up.sql));
        if let Some(rest) = self.plan(&self.after, &Change::default())? {
            let text = crate::support::plan_text::operations(&rest.operations);
            problems.push(format!("create finds differences after up:\n{text}"));
        }
        self.end("up", &planned, problems)?;

        self.run("down", &planned, false)?;
        let back = self.look();
        let mut problems = fates.lost_on_the_way_back(&before.1, &back.1);
        problems.extend(difference(&before.0.texts, &back.0.texts));
        problems.extend(difference(&before.0.meaning, &back.0.meaning));
        problems.extend(self.spelt_otherwise(&verbatim, &planned.down.sql));
        self.end("down", &planned, problems)?;

        self.run("up again", &planned, true)?;
        let again = self.look();
        let mut problems: Vec<String> =
            difference(&after.0.texts, &again.0.texts).into_iter().collect();
        problems.extend(difference(&after.0.meaning, &again.0.meaning));
        self.end("up again", &planned, problems)?;
        Ok(Outcome::Fine)
    }

    /// What `pull` writes is no difference to the database.
    fn pull_says_all(&self) -> Result<(), String> {
        let path = self.judge.path.to_str().expect("UTF-8");
        let mut connection = SqliteConnection::establish(path).map_err(|e| e.to_string())?;
        let schema = introspect(&mut connection, &Scope::default()).map_err(|e| e.to_string())?;
        let text = glowplug::pull::print(&schema, &Sqlite).map_err(|e| format!("pull: {e:?}"))?;
        let models = engine::models(Path::new("schema.rs"), &text, Backend::Sqlite)?;
        match self.plan(&models, &Change::default())? {
            None => Ok(()),
            Some(planned) => {
                let difference = crate::support::plan_text::operations(&planned.operations);
                Err(format!("the database differs from what is pulled:\n{difference}\n{text}"))
            }
        }
    }

    fn look(&self) -> (Fingerprint, Rows) {
        (self.judge.fingerprint(), rows::read(&self.judge))
    }

    fn plan(&self, models: &Schema, change: &Change) -> Result<Option<Planned>, String> {
        let mut options = engine::options(&change.answers());
        options.allow.insert("all".to_owned());
        options.compare.no_renames = true;
        options.unproven = !self.proven;
        for (table, column, expression) in &change.fills {
            let table = self.to.table(*table);
            let column = &table.column(*column).name;
            options.fills.insert(&table.name, column, *expression);
        }
        engine::create(self.judge.path.to_str().expect("UTF-8"), models, &options)
    }

    fn run(&self, step: &str, planned: &Planned, up: bool) -> Result<(), String> {
        let script = if up { &planned.up } else { &planned.down };
        let framed = framed(&script.sql, script.run_in_transaction, self.foreign_keys);
        run(&self.judge.path, &framed).map_err(|e| format!("{step} fails: {e}\n{}", script.sql))
    }

    fn end(&self, step: &str, planned: &Planned, mut problems: Vec<String>) -> Result<(), String> {
        problems.extend(self.judge.problems());
        if problems.is_empty() {
            return Ok(());
        }
        let script = if step == "down" { &planned.down.sql } else { &planned.up.sql };
        Err(format!("after {step}:\n{}\nthe script was:\n{script}", problems.join("\n")))
    }

    /// What the database lacks that a fresh one, made by the generator's own SQL, has.
    fn unlike_the_target(&self, after: &Fingerprint) -> Result<Vec<String>, String> {
        let path = self.judge.path.with_extension("fresh");
        let mut plain = Rng::with_seed(0);
        let script = sql::create(&mut plain, &self.to);
        run(&path, &script).map_err(|e| format!("the generator is wrong: {e}\n{script}"))?;
        let fresh = Judge::inside(path).fingerprint();
        let simplify = |lines: &[String]| -> Vec<String> {
            let ours = |line: &&String| {
                let owner = line.split(" | ").nth(1);
                self.to.tables.iter().any(|table| Some(table.name.as_str()) == owner)
            };
            let mut lines: Vec<String> = lines.iter().filter(ours).map(|l| simple(l)).collect();
            lines.sort();
            lines
        };
        let (mut expected, mut found) = (simplify(&fresh.meaning), simplify(&after.meaning));
        expected.extend(self.conflicts(&Judge::inside(self.judge.path.with_extension("fresh"))));
        found.extend(self.conflicts(&self.judge));
        Ok(difference(&expected, &found)
            .map(|lines| format!("unlike a database made from the target:\n{lines}"))
            .into_iter()
            .collect())
    }

    /// The conflict clauses of each table of the models, which no pragma tells.
    fn conflicts(&self, judge: &Judge) -> Vec<String> {
        let mut found = Vec::new();
        for (object, text) in judge.verbatim() {
            let ours =
                |table: &&crate::property::shape::Table| object == format!("table {}", table.name);
            if self.to.tables.iter().find(ours).is_none() {
                continue;
            }
            let tokens = tokens::tokens(&text);
            let clauses = tokens
                .windows(3)
                .filter(|three| three[0] == "on" && three[1] == "conflict" && three[2] != "abort");
            found.extend(clauses.map(|three| format!("{object} on conflict {}", three[2])));
        }
        found.sort();
        found
    }

    /// Elements of tables that say what they said, and not in the same letters: comments with them.
    fn spelt_otherwise(&self, before: &[(String, String)], script: &str) -> Vec<String> {
        // A rename rewrites the names in them by right.
        if self.change.has_renames() {
            return Vec::new();
        }
        let after = self.judge.verbatim();
        let mut problems = Vec::new();
        for (object, old) in before.iter().filter(|(object, _)| object.starts_with("table ")) {
            let Some((_, new)) = after.iter().find(|(name, _)| name == object) else { continue };
            let mut found = tokens::elements(new);
            for element in tokens::elements(old) {
                let said = tokens::tokens(&element);
                let same: Vec<_> =
                    (0..found.len()).filter(|at| tokens::tokens(&found[*at]) == said).collect();
                // ADD COLUMN is SQLite's: it comes before the comment behind the last comma, and knows none.
                let table = sql::name(&object["table ".len()..]);
                let added = script.contains(&format!("ALTER TABLE {table} ADD COLUMN"));
                let is = |at: &&usize| {
                    let (was, is) = (tokens::bare(&element), tokens::bare(&found[**at]));
                    if added { was.1 == is.1 } else { was == is }
                };
                match same.iter().find(is) {
                    Some(at) => drop(found.swap_remove(*at)),
                    None => problems.extend(same.first().map(|at| {
                        let now = &found[*at];
                        format!("{object}: `{element}` is `{now}`; it was: {old}; it is: {new}")
                    })),
                }
            }
        }
        problems
    }

    /// Objects whose text changed although the change is not about them.
    fn touched_without_need(&self, before: &[(String, String)]) -> Vec<String> {
        // A rename rewrites the texts of others by right.
        if self.change.has_renames() {
            return Vec::new();
        }
        let same: Vec<&str> = self
            .from
            .tables
            .iter()
            .filter(|table| self.to.tables.contains(table))
            .flat_map(|table| {
                let indexes = table.indexes.iter().map(|index| index.name.as_str());
                std::iter::once(table.name.as_str()).chain(indexes)
            })
            .collect();
        let after = self.judge.verbatim();
        let untouched = before.iter().filter(|(object, _)| {
            let (kind, name) = object.split_once(' ').expect("kind and name");
            kind == "view" || kind == "trigger" || same.contains(&name)
        });
        untouched
            .filter(|entry| !after.contains(entry))
            .map(|(object, text)| format!("{object} was touched; it was: {text}"))
            .collect()
    }
}

/// A line of the meaning without what glowplug rightly leaves to the database: a key's NOT NULL,
/// parentheses around a default, INTEGER or NUMERIC under `Bool`.
fn simple(line: &str) -> String {
    let mut parts: Vec<String> = line.split(" | ").map(str::to_owned).collect();
    if parts[0] == "column" {
        if parts[3] == "numeric" {
            parts[3] = "integer".to_owned();
        }
        if parts[6] != "0" {
            parts[4] = "key".to_owned();
        }
        parts[5] = tokens::tokens(&parts[5])
            .into_iter()
            .filter(|token| token != "(" && token != ")")
            .collect::<Vec<_>>()
            .join(" ");
    }
    parts.join(" | ")
}

fn run(path: &Path, sql: &str) -> Result<(), String> {
    let mut connection =
        SqliteConnection::establish(path.to_str().expect("UTF-8")).map_err(|e| e.to_string())?;
    connection.batch_execute("PRAGMA synchronous = OFF").map_err(|e| e.to_string())?;
    connection.batch_execute(sql).map_err(|e| e.to_string())
}

/// Whether glowplug names what is in the way: a view, say, that writes a dropped column in double
/// quotes and would read a text instead.
fn is_refusal(error: &str) -> bool {
    error.starts_with("refused: ") || error.contains("in double quotes")
}
