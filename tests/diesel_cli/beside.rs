//! A project that stock Diesel CLI and glowplug both work on.

use std::process::{Command, Output, Stdio};

use crate::cli::project::Project;
use crate::support::postgres::{self, Database};
use crate::support::sqlite::Judge;
use crate::support::{canary, mysql};

/// The two programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    Stock,
    Ours,
}

impl Tool {
    pub(super) const BOTH: [Self; 2] = [Self::Stock, Self::Ours];

    pub(super) fn other(self) -> Self {
        match self {
            Self::Stock => Self::Ours,
            Self::Ours => Self::Stock,
        }
    }

    fn command(self) -> Command {
        match self {
            // scripts/diesel-cli builds it.
            Self::Stock => Command::new("diesel"),
            Self::Ours => Command::new(env!("CARGO_BIN_EXE_glowplug")),
        }
    }
}

/// What a program said.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
}

/// A project and its database.
pub(super) struct Place {
    pub(super) project: Project,
    pub(super) url: String,
    pub(super) postgres: Option<Database>,
    pub(super) mysql: Option<mysql::Database>,
}

impl Place {
    pub(super) fn sqlite() -> Self {
        Self { project: Project::new(), url: "app.sqlite".to_owned(), postgres: None, mysql: None }
    }

    pub(super) fn postgres() -> Self {
        let database = Database::create();
        let url = database.url.clone();
        Self { project: Project::new(), url, postgres: Some(database), mysql: None }
    }

    pub(super) fn mysql() -> Self {
        let database = mysql::Database::create();
        let url = database.url.clone();
        Self { project: Project::new(), url, postgres: None, mysql: Some(database) }
    }

    /// One place a backend.
    pub(super) fn each() -> [Self; 3] {
        [Self::sqlite(), Self::postgres(), Self::mysql()]
    }

    /// Runs a program in the project, with an environment of `DATABASE_URL` and `PATH` alone.
    pub(super) fn say(&self, tool: Tool, arguments: &[&str]) -> Said {
        self.say_with(tool, arguments, &[("DATABASE_URL", &self.url)])
    }

    pub(super) fn say_with(
        &self,
        tool: Tool,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Said {
        let path = crate::support::env::text("PATH").expect("there is a PATH");
        let home = crate::support::env::text("HOME").unwrap_or_default();
        let output: Output = tool
            .command()
            .args(arguments)
            .current_dir(self.project.path())
            .env_clear()
            .env("PATH", path)
            .env("HOME", home)
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        if tool == Tool::Ours {
            canary::search(&output);
        }
        let text = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
            // Diesel CLI logs a statement that failed, with its time, among its answers.
            let lines =
                text.split_inclusive('\n').filter(|line| !line.contains("diesel::database"));
            lines
                .collect::<String>()
                .replace(&self.project.path().display().to_string(), "[project]")
        };
        Said { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Runs a program, which must succeed.
    #[track_caller]
    pub(super) fn must(&self, tool: Tool, arguments: &[&str]) -> String {
        let said = self.say(tool, arguments);
        assert_eq!(said.code, Some(0), "{tool:?} {arguments:?}: {}{}", said.out, said.err);
        said.out
    }

    /// Runs SQL on the database, not through either program.
    #[track_caller]
    pub(super) fn sql(&self, sql: &str) {
        match (&self.postgres, &self.mysql) {
            (Some(database), _) => database.must(sql),
            (None, Some(database)) => database.must(sql),
            (None, None) => drop(self.project.sqlite("app.sqlite", sql)),
        }
    }

    /// The server's own text of everything.
    pub(super) fn look_at_catalog(&self) -> Vec<String> {
        match (&self.postgres, &self.mysql) {
            (Some(database), _) => database.fingerprint(),
            (None, Some(database)) => database.fingerprint(),
            (None, None) => Judge::new(self.project.path().join("app.sqlite")).fingerprint().texts,
        }
    }

    /// The server's own text of everything, and the versions that Diesel's table holds.
    pub(super) fn look(&self) -> (Vec<String>, Vec<String>) {
        const VERSIONS: &str = "SELECT version AS line FROM __diesel_schema_migrations ORDER BY 1";
        match (&self.postgres, &self.mysql) {
            (None, Some(database)) => {
                (database.fingerprint(), mysql::lines(&mut database.connect(), VERSIONS))
            }
            (Some(database), _) => {
                let versions = postgres::query(&mut database.connect(), VERSIONS);
                (database.fingerprint(), versions)
            }
            (None, None) => {
                let judge = Judge::new(self.project.path().join("app.sqlite"));
                let versions = self.project.sqlite("app.sqlite", VERSIONS);
                (judge.fingerprint().texts, versions.lines().map(ToOwned::to_owned).collect())
            }
        }
    }
}
