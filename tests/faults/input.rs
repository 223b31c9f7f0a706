//! Bad input: each a clear error, and nothing changed.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};

use crate::cli::project::{Project, SESSION};

/// Runs each command line; all fail alike, and leave every file as it was.
#[track_caller]
fn refuses(project: &Project, lines: &[&str], says: &[&str]) {
    let before = project.contents();
    for line in lines {
        let ran = project.run(line);
        let error = ran.err();
        assert_ne!(ran.code(), Some(0), "`{line}` succeeds:\n{}", ran.out());
        for part in says {
            assert!(error.contains(part), "`{line}` does not say `{part}`:\n{error}");
        }
        assert!(error.lines().any(|line| line.starts_with("error: ")), "{error}");
        assert!(!error.contains("panicked"), "{error}");
        assert_eq!(project.contents(), before, "`{line}` changed a file");
    }
}

#[test]
fn models_that_do_not_parse_are_never_an_empty_schema() {
    let open = "diesel::table! {\n    session (id) {\n        id -> Integer,\n    }\n";
    let project = Project::with_session();
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    for (text, says) in [
        (open, "schema.rs:1:"),
        ("diesel::table! { session (id) { id -> Integr, } }", "did you mean `Integer`?"),
        ("diesel::table! { session (id) { id Integer } }", "schema.rs:1:"),
        ("diesel::table! { session (nr) { id -> Integer, } }", "`nr`"),
        ("pub fn nothing() {}", "no `diesel::table!` was found"),
        ("", "no `diesel::table!` was found"),
        ("// diesel::table! { session (id) { id -> Integer, } }", "no `diesel::table!` was found"),
    ] {
        project.write("schema.rs", text);
        refuses(&project, &["create", "create --dry-run", "diff models database"], &[says]);
    }
    project.write("schema.rs", b"diesel::table! { s\xff (id) { id -> Integer, } }");
    refuses(&project, &["create"], &["schema.rs", "UTF-8"]);
}

#[test]
fn models_that_are_not_there() {
    let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
    refuses(&project, &["create"], &["no `diesel::table!` was found", "--models"]);
    refuses(&project, &["create --models models.rs"], &["`models.rs` cannot be read"]);
}

#[test]
fn a_database_that_is_none() {
    let project = Project::with_session()
        .file("migrations/.keep", "")
        .file("letter.txt", "Dear reader, this is no database, although it is a file.\n")
        .file("folder/.keep", "");
    refuses(
        &project,
        &[
            "create --database-url letter.txt",
            "migrate --database-url letter.txt",
            "status --database-url letter.txt",
        ],
        &["`letter.txt` is not a SQLite database"],
    );
    refuses(&project, &["create --database-url folder"], &["`folder` is not a file"]);
    refuses(&project, &["status --database-url oracle://x"], &["`oracle://`", "postgres://"]);
    let lines = ["create", "status", "migrate"].map(|verb| {
        format!("{verb} --database-url postgres://someone:secret%40word@127.0.0.1:1/app")
    });
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    refuses(&project, &lines, &["postgres://someone:***@127.0.0.1:1/app"]);
    for line in lines {
        let ran = project.run(line);
        assert!(!format!("{}{}", ran.out(), ran.err()).contains("secret"), "{line}");
    }
}

#[test]
fn a_damaged_database() {
    let project = filled();
    let bytes = std::fs::read(project.path().join("app.sqlite")).unwrap();
    project.write("cut.sqlite", &bytes[..bytes.len() / 2]);
    refuses(
        &project,
        &["create --database-url cut.sqlite", "migrate --database-url cut.sqlite"],
        &["malformed"],
    );
    // A page of rows is overwritten: the migration cannot be proven, and says why.
    let mut scrambled = bytes.clone();
    let (from, to) = (scrambled.len() - 20_000, scrambled.len() - 4_000);
    scrambled[from..to].fill(0x5a);
    project.write("scrambled.sqlite", scrambled);
    project.write("schema.rs", SESSION.replace("status -> Text", "status -> Nullable<Text>"));
    refuses(&project, &["create --database-url scrambled.sqlite"], &["malformed"]);
}

/// A project with a migration, applied, and enough rows for many pages.
fn filled() -> Project {
    let project = Project::with_session();
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    project.sqlite(
        "app.sqlite",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
         INSERT INTO session (id, status) SELECT i, hex(randomblob(1000)) FROM n;",
    );
    project
}

#[test]
fn metadata_that_says_nothing_or_nonsense() {
    for (text, says) in [
        ("", "does not say `run_in_transaction`"),
        ("# nothing\n", "does not say `run_in_transaction`"),
        ("other = 1\n", "does not say `run_in_transaction`"),
        ("run_in_transaction = \"no\"\n", "expected `true` or `false`"),
        ("run_in_transaction = maybe\n", "is not TOML"),
    ] {
        let project = Project::with_session()
            .file("app.sqlite", "")
            .migration("2020-01-01-000000_a", "CREATE TABLE a (x);\n", "DROP TABLE a;\n")
            .file("migrations/2020-01-01-000000_a/metadata.toml", text);
        refuses(
            &project,
            &["status", "migrate", "create"],
            &["2020-01-01-000000_a/metadata.toml`", says],
        );
    }
}

#[test]
fn two_migrations_of_one_version() {
    let project = Project::with_session()
        .file("app.sqlite", "")
        .migration("2020-01-01-000000_a", "CREATE TABLE a (x);\n", "DROP TABLE a;\n")
        .migration("20200101000000_b", "CREATE TABLE b (x);\n", "DROP TABLE b;\n");
    refuses(
        &project,
        &["migrate", "create"],
        &["2020-01-01-000000_a", "20200101000000_b", "rename one of the directories"],
    );
    project.run("status").stdout_has("duplicate    20200101000000_b");
}

#[test]
fn files_that_cannot_be_run() {
    let name = "2020-01-01-000000_a";
    for (up, says) in [
        (&b"CREATE TABLE a (x); -- \xff"[..], "is not UTF-8 at byte 23"),
        (b"", "is empty"),
        (b"BEGIN; CREATE TABLE a (x); COMMIT;", "line 1 says `BEGIN;`"),
        (b"CREATE TABLE a (x);\nCOMMIT;\nCREATE TABLE b (x);", "line 2 says `COMMIT;`"),
        (b"CREATE TABLE a (x);\n\nROLLBACK;", "line 3 says `ROLLBACK;`"),
        (b"CREATE TABLE a (x); end transaction;", "line 1 says `end transaction;`"),
    ] {
        let project =
            Project::with_session().file("app.sqlite", "").migration(name, "", "DROP TABLE a;\n");
        project.write(&format!("migrations/{name}/up.sql"), up);
        refuses(&project, &["migrate"], &[name, says]);
    }
    let project = Project::with_session()
        .file("app.sqlite", "")
        .file(&format!("migrations/{name}/down.sql"), "");
    refuses(&project, &["migrate", "status"], &[name, "has no `up.sql`"]);
}

/// The words may stand where they are none: in a string, a comment, a trigger.
#[test]
fn begin_and_commit_that_are_no_statements() {
    let up = "-- COMMIT;\n/* BEGIN; */\nCREATE TABLE a (x DEFAULT 'COMMIT;', \"BEGIN\" TEXT);\n\
        CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 'ROLLBACK;'; END;\n";
    let project = Project::with_session().migration("2020-01-01-000000_a", up, "DROP TABLE a;\n");
    project.run("migrate").exit(0);
}

#[test]
fn a_statement_that_fails_leaves_nothing_of_its_migration() {
    let project = Project::with_session()
        .migration("2020-01-01-000000_a", "CREATE TABLE a (x);\n", "DROP TABLE a;\n")
        .migration(
            "2020-01-02-000000_b",
            "CREATE TABLE b (x);\nINSERT INTO a VALUES (1);\nCREATE TABL c (x);\n",
            "DROP TABLE b;\n",
        );
    let ran = project.run("migrate").exit(1);
    for part in
        ["2020-01-02-000000_b", "line 3", "statement 3 of 3", "near \"TABL\"", "rolled back"]
    {
        assert!(ran.err().contains(part), "{part} in {}", ran.err());
    }
    let tables =
        project.sqlite("app.sqlite", "SELECT count(*) FROM sqlite_schema WHERE name = 'b';");
    assert_eq!(tables.trim(), "0");
    assert_eq!(project.sqlite("app.sqlite", "SELECT count(*) FROM a;").trim(), "0");
    project.write("migrations/2020-01-02-000000_b/up.sql", "CREATE TABLE b (x);\n");
    project.run("migrate").exit(0);
}

/// Names as people type them become plain ones, and stay below the directory of the migrations.
#[test]
fn names_of_any_kind() {
    let long = "x".repeat(200);
    for (name, slug) in [
        ("a\"b", "a_b"),
        ("it's", "it_s"),
        ("new\nline", "new_line"),
        ("select", "select"),
        ("../../etc/passwd", "etc_passwd"),
        ("/absolute", "absolute"),
        ("a/b\\c", "a_b_c"),
        ("Add Plan!", "add_plan"),
        ("--name", "name"),
        ("$(touch hacked)`touch hacked`", "touch_hacked_touch_hacked"),
        (long.as_str(), &long[..100]),
    ] {
        let project = Project::with_session();
        let flag = format!("--name={name}");
        project.command_of(&["create", &flag]).finish().exit(0);
        let [written] = &project.migrations()[..] else { panic!("{name}: one migration") };
        let (_, found) = written.split_once('_').expect("a version and a name");
        assert!(slug.starts_with(found) && found.len() >= slug.len().min(40), "{name}: {written}");
        assert!(!project.exists("hacked"));
        project.run("migrate").exit(0);
    }
    for name in ["🔥", " ", "..", "///"] {
        let project = Project::with_session();
        let flag = format!("--name={name}");
        let ran = project.command_of(&["create", &flag]).finish();
        if ran.code() == Some(0) {
            let [written] = &project.migrations()[..] else { panic!("{name}: one migration") };
            assert!(written.is_ascii() && !written.ends_with('_'), "{name}: {written}");
        } else {
            assert!(project.migrations().is_empty());
        }
    }
}

/// A disk that is full: writes beyond a size fail, as they do on a full disk.
#[test]
fn a_full_disk_leaves_the_database_as_it_was() {
    let project = filled();
    let big = "INSERT INTO session (status) SELECT hex(randomblob(2000)) FROM session;\n".repeat(8);
    let project = project.migration("2030-01-01-000000_more", &big, "DELETE FROM session;\n");
    let before =
        project.sqlite("app.sqlite", "SELECT count(*), total(length(status)) FROM session;");
    let bytes = std::fs::metadata(project.path().join("app.sqlite")).unwrap().len();

    let output = limited(&project, bytes / 1024 + 64, "migrate");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("2030-01-01-000000_more"), "{error}");
    assert!(error.contains("full") || error.contains("I/O error"), "{error}");
    let after =
        project.sqlite("app.sqlite", "SELECT count(*), total(length(status)) FROM session;");
    assert_eq!(after, before);
    assert_eq!(project.sqlite("app.sqlite", "PRAGMA integrity_check;").trim(), "ok");
    project.run("migrate").exit(0);
}

#[test]
fn a_full_disk_leaves_no_half_written_migration() {
    let project = filled();
    project.write("schema.rs", SESSION.replace("status -> Text", "status -> Nullable<Text>"));
    let before = project.migrations();
    let output = limited(&project, 1, "create");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.starts_with("error: ") || error.contains("\nerror: "), "{error}");
    assert_eq!(project.migrations(), before);
    project.run("create").exit(0);
}

/// Runs glowplug so that no file may grow beyond a number of kilobytes.
fn limited(project: &Project, kilobytes: u64, verb: &str) -> Output {
    // `ulimit -f` counts in blocks of 512 bytes in sh, of 1024 in bash: dash is sh on Debian.
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" {verb}", kilobytes * 2);
    Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_glowplug")])
        .current_dir(project.path())
        .env_clear()
        .output()
        .expect("sh is there")
}

#[test]
fn a_database_and_a_directory_that_may_only_be_read() {
    let project = filled();
    project.write("schema.rs", SESSION.replace("status -> Text", "status -> Nullable<Text>"));
    protect(&project.path());
    for (verb, code) in [("status", 0), ("create", 1), ("migrate", 0)] {
        let output = as_a_stranger(&project, verb);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{verb}: {error}");
        if code != 0 {
            assert!(error.contains("ermission denied") || error.contains("read"), "{error}");
        }
    }
    unprotect(&project.path());
    let project =
        project.migration("2030-01-01-000000_more", "CREATE TABLE m (x);\n", "DROP TABLE m;\n");
    protect(&project.path());
    let before = project.contents();
    let output = as_a_stranger(&project, "migrate");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("readonly") || error.contains("read-only"), "{error}");
    assert_eq!(project.contents(), before);
    unprotect(&project.path());
}

/// Read as it is, the file would be without what was written last, or half of what a writer that died was
/// about to write.
#[test]
fn a_file_that_cannot_be_recovered_is_not_read_as_it_is() {
    let dies = "import sqlite3, os, sys\ndb = sqlite3.connect('app.sqlite', isolation_level=None)\n\
        for sql in sys.argv[1:]: db.execute(sql)\nos.kill(os.getpid(), 9)\n";
    let wal = ["PRAGMA journal_mode = wal", "CREATE TABLE late (id INTEGER PRIMARY KEY)"];
    let journal = [
        "PRAGMA cache_size = 1",
        "BEGIN",
        "CREATE TABLE late (id, x)",
        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 9999) INSERT INTO late SELECT n, hex(randomblob(99)) FROM c",
        "UPDATE late SET x = 1",
    ];
    for (statements, beside, late) in
        [(&wal[..], "app.sqlite-wal", true), (&journal[..], "app.sqlite-journal", false)]
    {
        let project = filled();
        let mut python = Command::new("python3");
        python.args(["-c", dies]).args(statements).current_dir(project.path());
        assert_eq!(python.status().unwrap().code(), None, "it died");
        // The index of the WAL is made anew by whoever may.
        drop(std::fs::remove_file(project.path().join("app.sqlite-shm")));
        assert!(project.exists(beside));
        protect(&project.path());
        for verb in ["pull", "status", "create", "diff"] {
            let output = as_a_stranger(&project, verb);
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(1), "{verb}: {error}");
            assert!(output.stdout.is_empty(), "{verb}");
            assert!(
                error.contains(&format!("{beside}`, and here nothing may be written")),
                "{error}"
            );
            assert!(
                error.contains("hint: open it once as somebody who may write there"),
                "{error}"
            );
        }
        unprotect(&project.path());
        assert_eq!(project.run("pull").exit(0).out().contains("late (id"), late);
        protect(&project.path());
        assert_eq!(as_a_stranger(&project, "status").status.code(), Some(0));
        unprotect(&project.path());
    }
}

fn protect(path: &Path) {
    set_modes(path, 0o555, 0o444);
}

fn unprotect(path: &Path) {
    set_modes(path, 0o755, 0o644);
}

fn set_modes(path: &Path, directories: u32, files: u32) {
    let set = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set(path, 0o755);
    for entry in std::fs::read_dir(path).unwrap() {
        let entry = entry.unwrap().path();
        if entry.is_dir() {
            set_modes(&entry, directories, files);
        } else {
            set(&entry, files);
        }
    }
    set(path, directories);
}

/// Runs glowplug as a user who may not write here: root writes everywhere, so root becomes nobody.
fn as_a_stranger(project: &Project, verb: &str) -> Output {
    let root = Command::new("id").arg("-u").output().expect("id is there").stdout == b"0\n";
    let binary = env!("CARGO_BIN_EXE_glowplug");
    let mut command = if root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", binary]);
        command
    } else {
        Command::new(binary)
    };
    let path = std::env::temp_dir();
    command
        .arg(verb)
        .current_dir(project.path())
        .env_clear()
        .env("TMPDIR", path)
        .output()
        .expect("setpriv is there")
}
