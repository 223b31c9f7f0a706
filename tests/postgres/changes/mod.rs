//! Changes of the pulled models of a database, run up, down and up again, and judged by `pg_dump`.

mod enums;
mod privileges;
mod refusals;
mod renames;
mod sequences;
mod types;

use std::path::Path;

use glowplug::apply::prove::Place;
use glowplug::backend::postgres::{Postgres, introspect::introspect};
use glowplug::backend::{Backend, Scope};
use glowplug::pipeline::CreateOptions;

use crate::support::case::CaseAnswers;
use crate::support::postgres::{Database, query};
use crate::support::{difference, engine};

/// Roles belong to the server: another test may have made them.
fn roles(setup: &str) -> String {
    let make = |statement: &str| match statement.trim().strip_prefix("CREATE ROLE ") {
        Some(role) => format!(
            "DO $$ BEGIN CREATE ROLE {role}; \
             EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        ),
        None => statement.to_owned(),
    };
    setup.split(';').map(make).collect::<Vec<_>>().join(";")
}

/// A database, and its models with what is changed in them.
struct Change {
    database: Database,
    models: String,
    answers: CaseAnswers,
    place: Place,
}

impl Change {
    fn on(setup: &str) -> Self {
        let database = Database::create();
        database.must(setup);
        let schema = introspect(&mut database.connect(), &Scope::default()).expect("it is read");
        let models = glowplug::pull::print(&schema, &Postgres).expect("it can be said");
        let answers = CaseAnswers { allows: vec!["all".to_owned()], ..CaseAnswers::default() };
        Self { database, models, answers, place: Place::Nearest }
    }

    #[track_caller]
    fn edit(mut self, from: &str, to: &str) -> Self {
        assert!(self.models.contains(from), "no `{from}` in\n{}", self.models);
        self.models = self.models.replacen(from, to, 1);
        self
    }

    fn allow(mut self, names: &[&str]) -> Self {
        self.answers.allows = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    fn drop(mut self, name: &str) -> Self {
        self.answers.drops.push(name.to_owned());
        self
    }

    fn scratch(mut self) -> Self {
        self.place = Place::Scratch;
        self
    }

    fn plan(&self) -> Result<engine::Planned, String> {
        self.planned(&self.answers)
    }

    fn planned(&self, answers: &CaseAnswers) -> Result<engine::Planned, String> {
        let models = engine::models(Path::new("schema.rs"), &self.models, Backend::Postgres)?;
        let options = CreateOptions { place: self.place, ..engine::options(answers) };
        let planned = engine::create(&self.database.url, &models, &options)?;
        planned.ok_or_else(|| "nothing is planned".to_owned())
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = self.database.catalog_lines();
        lines.sort();
        lines
    }

    #[track_caller]
    fn step(&self, sql: &str) {
        self.database.must(&format!("BEGIN;\n{sql}\nCOMMIT;"));
    }

    /// One value, as the server writes it.
    fn value(&self, sql: &str) -> String {
        query(&mut self.database.connect(), &format!("SELECT ({sql})::text AS line")).concat()
    }

    /// Up, down and up again; down leaves what was, and after up nothing is left to do. Gives up.sql
    /// and what it changed.
    #[track_caller]
    fn round(&self) -> (String, String) {
        let planned = self.plan().unwrap_or_else(|error| panic!("{error}\n{}", self.models));
        let before = self.lines();
        self.step(&planned.up.sql);
        let after = self.lines();
        let rest = self.planned(&CaseAnswers::default());
        assert_eq!(rest.err().as_deref(), Some("nothing is planned"));
        self.step(&planned.down.sql);
        if let Some(lines) = difference(&before, &self.lines()) {
            panic!("after down\n{lines}\n{}\n{}", planned.up.sql, planned.down.sql);
        }
        self.step(&planned.up.sql);
        if let Some(lines) = difference(&after, &self.lines()) {
            panic!("up again\n{lines}\n{}", planned.up.sql);
        }
        (planned.up.sql, difference(&before, &after).unwrap_or_default())
    }
}
