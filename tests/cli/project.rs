//! A scratch project, and the binary run in it with an empty environment.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::support::canary;

/// A project directory that is gone with it.
pub(crate) struct Project {
    directory: TempDir,
}

/// One run of the binary.
pub(crate) struct Run {
    command: Command,
    home: PathBuf,
}

/// What a run left behind.
pub(crate) struct Ran {
    arguments: String,
    home: PathBuf,
    output: Output,
}

impl Project {
    /// A directory with a Cargo.toml and nothing else.
    pub(crate) fn new() -> Self {
        let directory = tempfile::Builder::new().prefix("glowplug-cli-").tempdir().unwrap();
        let project = Self { directory };
        project.file("Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.1.0\"\n")
    }

    /// The same with one table, and `app.sqlite` as its database.
    pub(crate) fn with_session() -> Self {
        Self::new().file(".env", "DATABASE_URL=app.sqlite\n").file("schema.rs", SESSION)
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.directory.path().canonicalize().unwrap()
    }

    /// Writes a file.
    pub(crate) fn file(self, name: &str, text: &str) -> Self {
        self.write(name, text);
        self
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Writes a migration.
    pub(crate) fn migration(self, name: &str, up: &str, down: &str) -> Self {
        self.file(&format!("migrations/{name}/up.sql"), up)
            .file(&format!("migrations/{name}/down.sql"), down)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub(crate) fn exists(&self, name: &str) -> bool {
        self.path().join(name).exists()
    }

    /// The names of the migrations, in order.
    pub(crate) fn migrations(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.path().join("migrations")) else {
            return Vec::new();
        };
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        names
    }

    /// Every file and directory of the project, and what the files hold.
    pub(crate) fn contents(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut todo = vec![self.path()];
        while let Some(directory) = todo.pop() {
            for entry in std::fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    todo.push(path.clone());
                    found.push((path, Vec::new()));
                } else {
                    let bytes = std::fs::read(&path).unwrap();
                    found.push((path, bytes));
                }
            }
        }
        found.sort();
        found
    }

    /// Runs SQL with the system's `sqlite3`, and gives back what it prints.
    pub(crate) fn sqlite(&self, database: &str, sql: &str) -> String {
        // By stdin: an argument that starts with `--` is a flag.
        let mut shell = Command::new("sqlite3")
            .args(["-batch", "-bail"])
            .arg(self.path().join(database))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("sqlite3 is installed");
        shell.stdin.take().unwrap().write_all(sql.as_bytes()).unwrap();
        let output = shell.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// A run with these arguments, split at spaces.
    pub(crate) fn run(&self, arguments: &str) -> Ran {
        self.command(arguments).finish()
    }

    /// A run that is still to be prepared.
    pub(crate) fn command(&self, arguments: &str) -> Run {
        let arguments: Vec<_> = arguments.split(' ').filter(|word| !word.is_empty()).collect();
        self.command_of(&arguments)
    }

    /// A run whose arguments hold spaces.
    pub(crate) fn command_of(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_glowplug"));
        command.args(arguments).current_dir(self.path()).env_clear().stdin(Stdio::null());
        Run { command, home: self.path() }
    }
}

impl Run {
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs in a directory of the project.
    pub(crate) fn within(mut self, directory: &str) -> Self {
        self.command.current_dir(self.home.join(directory));
        self
    }

    pub(crate) fn finish(mut self) -> Ran {
        let arguments = format!("{:?}", self.command.get_args().collect::<Vec<_>>());
        let output = self.command.output().unwrap();
        canary::search(&output);
        canary::search_files(&self.home);
        Ran { arguments, home: self.home, output }
    }
}

impl Ran {
    /// What it printed, with `[project]` for the directory of the project.
    pub(crate) fn out(&self) -> String {
        self.text(&self.output.stdout)
    }

    pub(crate) fn err(&self) -> String {
        self.text(&self.output.stderr)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.output.stdout).unwrap_or_else(|error| {
            panic!("{}: {error} in\n{}\n{}", self.arguments, self.out(), self.err())
        })
    }

    pub(crate) fn code(&self) -> Option<i32> {
        self.output.status.code()
    }

    /// Asserts how it ended.
    #[track_caller]
    pub(crate) fn exit(self, code: i32) -> Self {
        assert_eq!(
            self.output.status.code(),
            Some(code),
            "{}\nstdout:\n{}\nstderr:\n{}",
            self.arguments,
            self.out(),
            self.err()
        );
        self
    }

    /// Asserts the whole of stdout.
    #[track_caller]
    pub(crate) fn stdout(self, expected: &str) -> Self {
        assert_eq!(self.out(), expected, "stdout of {}\n{}", self.arguments, self.err());
        self
    }

    /// Asserts the whole of stderr.
    #[track_caller]
    pub(crate) fn stderr(self, expected: &str) -> Self {
        assert_eq!(self.err(), expected, "stderr of {}", self.arguments);
        self
    }

    /// Asserts a part of stderr.
    #[track_caller]
    pub(crate) fn stderr_has(self, part: &str) -> Self {
        let err = self.err();
        assert!(err.contains(part), "stderr of {} lacks `{part}`:\n{err}", self.arguments);
        self
    }

    /// Asserts a part of stdout.
    #[track_caller]
    pub(crate) fn stdout_has(self, part: &str) -> Self {
        let out = self.out();
        assert!(out.contains(part), "stdout of {} lacks `{part}`:\n{out}", self.arguments);
        self
    }

    fn text(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        text.replace(&self.home.display().to_string(), "[project]")
    }
}

/// A model of one table.
pub(crate) const SESSION: &str = "\
diesel::table! {
    session (id) {
        id -> Integer,
        status -> Text,
    }
}
";
