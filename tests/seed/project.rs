//! A project in a scratch directory: models, migrations and a SQLite file, and the program run in it.

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The top of the repository.
pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What glowplug must not find by chance in the environment of the tests.
const VARIABLES: [&str; 6] = [
    "DATABASE_URL",
    "DIESEL_CONFIG_FILE",
    "MIGRATION_DIRECTORY",
    "GLOWPLUG_MODELS",
    "GLOWPLUG_NOW",
    "NO_COLOR",
];

/// A project, removed at the end.
pub(super) struct Project {
    directory: tempfile::TempDir,
}

impl Project {
    /// Models, an empty directory of migrations, and no database.
    pub(super) fn new(models: &str) -> Self {
        let directory = tempfile::tempdir().expect("a scratch directory");
        let project = Self { directory };
        project.write("schema.rs", models);
        std::fs::create_dir(project.path("migrations")).expect("the directory is new");
        project
    }

    /// The reference application, with all its migrations and no database.
    pub(super) fn of_the_application() -> Self {
        let models = std::fs::read_to_string(root().join("schema.rs")).expect("schema.rs is there");
        let project = Self::new(&models);
        for name in application_migrations() {
            let from = root().join("migrations").join(&name);
            let to = project.path("migrations").join(&name);
            std::fs::create_dir(&to).expect("the directory is new");
            for file in std::fs::read_dir(from).expect("the migration is a directory") {
                let file = file.expect("the migration can be read");
                std::fs::copy(file.path(), to.join(file.file_name())).expect("the file is copied");
            }
        }
        project
    }

    /// The reference application, migrated.
    pub(super) fn migrated() -> Self {
        let project = Self::of_the_application();
        project.run(&["migrate"]).succeeds();
        project
    }

    pub(super) fn path(&self, relative: &str) -> PathBuf {
        self.directory.path().join(relative)
    }

    pub(super) fn write(&self, relative: &str, text: &str) {
        let path = self.path(relative);
        std::fs::create_dir_all(path.parent().expect("it is in the project")).expect("directories");
        std::fs::write(path, text).expect("the file is written");
    }

    pub(super) fn read(&self, relative: &str) -> String {
        std::fs::read_to_string(self.path(relative)).expect("the file is read")
    }

    /// Writes a migration by hand.
    pub(super) fn migration(&self, name: &str, up: &str, down: &str) {
        self.write(&format!("migrations/{name}/up.sql"), up);
        self.write(&format!("migrations/{name}/down.sql"), down);
    }

    /// The names of the migrations on disk, sorted.
    pub(super) fn migrations(&self) -> Vec<String> {
        names_in(&self.path("migrations"))
    }

    /// The program, ready to run in the project on its database `app.sqlite`.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_glowplug"));
        for variable in VARIABLES {
            command.env_remove(variable);
        }
        command
            .args(arguments)
            .env("DATABASE_URL", "app.sqlite")
            .current_dir(self.directory.path())
            .stdin(Stdio::null());
        command
    }

    /// Runs the program.
    pub(super) fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().expect("glowplug runs");
        Run { arguments: arguments.join(" "), output }
    }

    /// Runs SQL in the database with the system's `sqlite3`, foreign keys on; columns by `|`.
    pub(super) fn sql(&self, sql: &str) -> String {
        let output = Command::new("sqlite3")
            .args(["-batch", "-bail", "app.sqlite", &format!("PRAGMA foreign_keys = ON; {sql}")])
            .current_dir(self.directory.path())
            .output()
            .expect("sqlite3 runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{sql}\n{error}");
        String::from_utf8(output.stdout).expect("the answer is UTF-8").trim_end().to_owned()
    }

    /// The server's own text of every object of the application, sorted: the independent judge.
    pub(super) fn catalog(&self) -> String {
        self.sql(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema
             WHERE tbl_name NOT LIKE '\\_\\_%' ESCAPE '\\' AND tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             ORDER BY type, name",
        )
    }

    /// What the catalog says of the shape, without the text: columns, keys, indexes, foreign keys.
    pub(super) fn shape(&self) -> String {
        self.sql(
            "SELECT m.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk
             FROM sqlite_schema m, pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY 1, 2;
             SELECT m.name, f.\"from\", f.\"table\", f.\"to\", f.on_delete, f.on_update
             FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
             WHERE m.type = 'table' ORDER BY 1, 2;
             SELECT m.name, i.name, i.\"unique\", i.partial, k.seqno, k.name
             FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) k
             WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY 1, 2, 5",
        )
    }
}

/// The names of the reference application's migrations, sorted.
pub(super) fn application_migrations() -> Vec<String> {
    names_in(&root().join("migrations"))
}

/// The directories in a directory, sorted.
pub(super) fn names_in(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).expect("the directory is read");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("the directory is read"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("the names are UTF-8"))
        .collect();
    names.sort();
    names
}

/// How a run of the program ended.
#[derive(Debug)]
pub(super) struct Run {
    arguments: String,
    output: Output,
}

impl Run {
    pub(super) fn stdout(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).expect("the answer is UTF-8")
    }

    pub(super) fn stderr(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).expect("the narration is UTF-8")
    }

    /// Everything that was said.
    pub(super) fn said(&self) -> String {
        format!("{}{}", self.stdout(), self.stderr())
    }

    pub(super) fn succeeds(self) -> Self {
        self.exits(0)
    }

    pub(super) fn exits(self, code: i32) -> Self {
        let found = self.output.status.code();
        assert_eq!(found, Some(code), "glowplug {}\n{}", self.arguments, self.said());
        self
    }

    /// The words stand somewhere in what was said.
    pub(super) fn says<S: AsRef<str> + Debug>(self, words: &[S]) -> Self {
        let said = self.said();
        for word in words {
            assert!(
                said.contains(word.as_ref()),
                "glowplug {} does not say {word:?}:\n{said}",
                self.arguments
            );
        }
        self
    }
}
