//! A disk that is full, and a process that is killed, at every page: afterwards all is as it was, and
//! the next run completes it.

use std::path::PathBuf;
use std::process::{Command, Output};

use diesel::connection::SimpleConnection as _;
use glowplug::apply::LockMode;
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};
use glowplug::files::MigrationsDir;
use glowplug::{Error, MigrationManager};

use crate::cli::project::Project;

const MODELS: &str = "\
diesel::table! { org (id) { id -> Integer, name -> Text } }
diesel::table! { session (id) { id -> Integer, org_id -> Integer, status -> Text } }
diesel::table! { message (id) { id -> Integer, session_id -> Integer, body -> Text } }
glowplug::ddl! {
    table session {
        foreign key (org_id) references org (id) on delete cascade;
        index session_status (status);
    }
    table message { foreign key (session_id) references session (id) on delete cascade; }
}
";

const ROWS: &str = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 40)
    INSERT INTO org SELECT n, hex(zeroblob(40)) FROM n;
    INSERT INTO session SELECT id, id, id || hex(zeroblob(300)) FROM org;
    INSERT INTO message SELECT id, id, hex(zeroblob(500)) FROM session;";

/// Everything but the notes about migrations, and whether the file is whole.
const ALL: &str = "PRAGMA integrity_check; PRAGMA foreign_key_check;
    SELECT type, name, sql FROM sqlite_schema WHERE tbl_name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name;
    SELECT * FROM org; SELECT * FROM session; SELECT * FROM message;";

/// What the pending migration does.
#[derive(Clone, Copy, Debug)]
enum Change {
    /// Builds a table anew, to which another one refers.
    Rebuild,
    /// Adds a column and writes each row.
    InPlace,
}

impl Change {
    fn create(self) -> &'static str {
        match self {
            Self::Rebuild => "create --name change",
            Self::InPlace => "create --name change --fill session.plan=status",
        }
    }
}

/// A project with rows and a pending migration.
struct Pending {
    project: Project,
    bytes: Vec<u8>,
    before: String,
    after: String,
}

impl Pending {
    fn new(change: Change, journal: &str) -> Self {
        let project =
            Project::new().file(".env", "DATABASE_URL=app.sqlite\n").file("schema.rs", MODELS);
        project.run("create").exit(0);
        project.run("migrate").exit(0);
        project.sqlite("app.sqlite", &format!("PRAGMA journal_mode = {journal}; {ROWS}"));
        let models = match change {
            Change::Rebuild => MODELS.replace("status -> Text", "status -> Nullable<Text>"),
            Change::InPlace => {
                MODELS.replace("status -> Text", "status -> Text, plan -> Nullable<Text>")
            }
        };
        project.write("schema.rs", models);
        project.run(change.create()).exit(0);
        let pending = Self {
            bytes: std::fs::read(project.path().join("app.sqlite")).expect("a database"),
            before: project.sqlite("app.sqlite", ALL),
            after: String::new(),
            project,
        };
        assert!(pending.before.starts_with("ok\n"), "{}", pending.before);
        pending.project.run("migrate").exit(0);
        let after = pending.all();
        assert!(after.starts_with("ok\n") && after != pending.before);
        pending.reset();
        Self { after, ..pending }
    }

    fn database(&self) -> PathBuf {
        self.project.path().join("app.sqlite")
    }

    fn all(&self) -> String {
        self.project.sqlite("app.sqlite", ALL)
    }

    /// The database as it was, without what a dead process left beside it.
    fn reset(&self) {
        for end in ["-journal", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.database().display()));
        }
        std::fs::write(self.database(), &self.bytes).expect("written");
    }

    /// The failed run left all as it was, and the next one does it. One that was killed may have
    /// been killed behind its COMMIT, when it wrote pages of the WAL back.
    fn completes(&self, killed: bool, context: &str) {
        let all = self.all();
        let whole = all == self.before || killed && all == self.after;
        assert!(whole, "{context}: the database is not what it was");
        self.project.run("migrate").exit(0);
        assert!(self.all() == self.after, "{context}: the next run did something else");
    }

    /// Runs `glowplug` so that no file may grow beyond a number of pages: the write that would fails,
    /// or kills the process. The journal and the WAL are files, too.
    fn limited(&self, pages: usize, verb: &str, killed: bool) -> Output {
        let trap = if killed { "" } else { "trap '' XFSZ; " };
        // `ulimit -f` counts in blocks of 512 bytes in sh; no core is dumped.
        let script = format!("ulimit -c 0; {trap}ulimit -f {}; exec \"$0\" {verb}", pages * 8);
        Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_glowplug")])
            .current_dir(self.project.path())
            .env_clear()
            .env("TMPDIR", self.project.path().join("tmp"))
            .output()
            .expect("sh is there")
    }
}

/// Raises the limit until the migration succeeds.
fn sweep(change: Change, journal: &str, killed: bool) {
    let pending = Pending::new(change, journal);
    for pages in 0..1000 {
        let output = pending.limited(pages, "migrate", killed);
        let context = format!("{change:?}, {journal}, {pages} pages");
        if output.status.success() {
            assert!(pending.all() == pending.after, "{context}");
            assert!(pages > 10, "there were only {pages} steps");
            return;
        }
        let error = String::from_utf8_lossy(&output.stderr);
        let code = if killed { None } else { Some(1) };
        assert_eq!(output.status.code(), code, "{context}: {error}");
        assert!(killed || error.contains("error: "), "{context}: {error}");
        pending.completes(killed, &context);
        pending.reset();
    }
    panic!("never came to an end");
}

#[test]
fn a_disk_that_fills_at_every_page() {
    for change in [Change::Rebuild, Change::InPlace] {
        sweep(change, "DELETE", false);
    }
}

#[test]
fn a_disk_that_fills_at_every_page_of_a_wal() {
    for change in [Change::Rebuild, Change::InPlace] {
        sweep(change, "WAL", false);
    }
}

#[test]
fn a_migrating_process_that_is_killed_at_every_page() {
    for change in [Change::Rebuild, Change::InPlace] {
        sweep(change, "DELETE", true);
    }
}

#[test]
fn a_migrating_process_that_is_killed_at_every_page_of_a_wal() {
    for change in [Change::Rebuild, Change::InPlace] {
        sweep(change, "WAL", true);
    }
}

/// The application's own start-up, whose connection goes on afterwards.
#[test]
fn a_database_that_may_not_grow_by_a_page_more() {
    for change in [Change::Rebuild, Change::InPlace] {
        let pending = Pending::new(change, "DELETE");
        for (mode, word) in LockMode::ALL {
            let mut failures = 0;
            for more in 0.. {
                pending.reset();
                let mut connection = pending.open();
                let pages = pending.bytes.len() / 4096 + more;
                connection
                    .batch_execute(&format!(
                        "PRAGMA foreign_keys = ON; PRAGMA max_page_count = {pages}"
                    ))
                    .expect("a setting");
                let directory = pending.project.path().join("migrations");
                let source = MigrationsDir::open(&directory).expect("a directory");
                let manager = MigrationManager::new(source).lock_mode(mode);
                let Err(error) = manager.apply(&mut connection) else {
                    assert!(pending.all() == pending.after, "{change:?}, {word}, {more} pages");
                    break;
                };
                let context = format!("{change:?}, {word}, {more} pages");
                assert!(Error::from(error).to_string().contains("full"), "{context}");
                assert!(pending.all() == pending.before, "{context}");
                // The same connection, when there is room again.
                connection.batch_execute("PRAGMA max_page_count = 1000000").expect("a setting");
                manager.apply(&mut connection).unwrap_or_else(|e| panic!("{context}: {e}"));
                assert!(pending.all() == pending.after, "{context}");
                failures += 1;
            }
            assert!(failures > 3, "{change:?}, {word}: there were only {failures} steps");
        }
    }
}

impl Pending {
    fn open(&self) -> AnyConnection {
        let url = DatabaseUrl::parse(&self.database().display().to_string()).expect("a URL");
        AnyConnection::open(&url, OpenMode::Existing).expect("a connection")
    }
}

/// The copies of the proof go where temporary files go, and fill it.
#[test]
fn a_proof_without_room_writes_nothing_and_leaves_nothing() {
    for change in [Change::Rebuild, Change::InPlace] {
        let pending = Pending::new(change, "DELETE");
        let tmp = pending.project.path().join("tmp");
        std::fs::create_dir(&tmp).expect("made");
        let written = pending.project.migrations();
        let [_, last] = &written[..] else { panic!("two migrations") };
        std::fs::remove_dir_all(pending.project.path().join("migrations").join(last)).unwrap();
        let before = pending.project.contents();
        let verb = change.create();
        let mut failures = 0;
        for pages in 0.. {
            let output = pending.limited(pages, verb, false);
            assert_eq!(
                std::fs::read_dir(&tmp).unwrap().count(),
                0,
                "a file is left at {pages} pages"
            );
            if output.status.success() {
                break;
            }
            let error = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{pages} pages: {error}");
            assert!(error.contains("error: "), "{pages} pages: {error}");
            assert!(pending.project.contents() == before, "{pages} pages: {error}");
            failures += 1;
        }
        assert!(failures > 10, "{change:?}: there were only {failures} steps");
        assert_eq!(pending.project.migrations().len(), 2);
        pending.project.run("migrate").exit(0);
        assert!(pending.all() == pending.after);
    }
}
