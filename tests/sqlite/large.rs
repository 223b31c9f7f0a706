//! Databases that are too large to be proven with all their rows.

use super::standing::pulled;
use crate::cli::project::Project;

const MODELS: &str = "\
diesel::table! { config (id) { id -> Integer, value -> Text } }
diesel::table! { org (id) { id -> Integer, name -> Text } }
diesel::table! { session (id) { id -> Text, org_id -> Integer, status -> Text } }
diesel::table! { message (session_id, nr) { session_id -> Text, nr -> Integer, body -> Text } }
diesel::table! { log (id) { id -> Integer, line -> Text } }
glowplug::ddl! {
    table session {
        foreign key (org_id) references org (id);
        index session_status (status);
    }
    table message {
        foreign key (session_id) references session (id) on delete cascade;
        without rowid;
    }
}
";

/// 25,000 sessions, a message for each, and what else a file may hold.
const ROWS: &str = "
    CREATE TABLE touched (n INTEGER);
    CREATE TRIGGER session_touched AFTER INSERT ON session BEGIN INSERT INTO touched VALUES (1); END;
    CREATE VIRTUAL TABLE found USING fts5 (body);
    CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT);
    INSERT INTO counted VALUES (77);
    CREATE TEMP TABLE n AS WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 25000) SELECT n FROM c;
    INSERT INTO config SELECT n, 'v' || n FROM n WHERE n <= 10;
    INSERT INTO org SELECT n, 'o' || n FROM n;
    INSERT INTO session SELECT printf('s%05d', n), 25001 - n, iif(n % 2, 'done', 'open') FROM n;
    INSERT INTO message SELECT printf('s%05d', 25001 - n), n, 'hello ' || n FROM n;
    INSERT INTO log SELECT n, 'line' FROM n;
    DELETE FROM touched;
";

/// A project with the tables and the rows.
fn filled() -> Project {
    let project =
        Project::new().file(".env", "DATABASE_URL=app.sqlite\n").file("schema.rs", MODELS);
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    project.sqlite("app.sqlite", ROWS);
    project
}

fn change(project: &Project, from: &str, to: &str) {
    let models = project.read("schema.rs");
    assert!(models.contains(from), "{from}");
    project.write("schema.rs", models.replace(from, to));
}

const SAID: &str = "larger than 0 MiB (setting `proof-limit`)";

#[test]
fn a_large_file_is_proven_with_a_sample_and_says_so() {
    let project = filled();
    change(&project, "id -> Text, org_id", "id -> Text, plan -> Text, org_id");
    let line = "create --name plan --fill session.plan='none'";
    let whole =
        project.command("create --dry-run --format json --fill session.plan='none'").finish();
    let proof = &whole.json()["proof"];
    assert_eq!((&proof["rows"], &proof["limits"][0]), (&25_000.into(), &serde_json::Value::Null));

    let sampled =
        |line: &str| project.command(line).env("GLOWPLUG_PROOF_LIMIT", "0").finish().exit(0);
    let proof =
        &sampled("create --dry-run --format json --fill session.plan='none'").json()["proof"];
    let rows = proof["rows"].as_i64().expect("a number");
    // A sample of its own, and the sessions of the sampled messages.
    assert!((10_000..=20_000).contains(&rows), "{rows} rows");
    assert!(proof["limits"][0].as_str().expect("a limit").contains(SAID), "{proof}");

    let before = project.sqlite("app.sqlite", DUMP);
    sampled(line)
        .stderr_has(SAID)
        .stderr_has("ran on a copy of the schema and a sample of the rows");
    let [.., written] = &project.migrations()[..] else { panic!("a migration") };
    let up = project.read(&format!("migrations/{written}/up.sql"));
    assert!(up.lines().take(4).any(|line| line.starts_with("-- ") && line.contains(SAID)), "{up}");
    assert!(up.contains("-- glowplug: rebuild"), "{up}");

    project.run("migrate").exit(0);
    project.run("create").exit(0).stderr_has("No changes detected\n");
    assert_eq!(
        project.sqlite("app.sqlite", "SELECT count(*) FROM session WHERE plan = 'none'"),
        "25000\n"
    );
    project.run("revert --yes").exit(0);
    assert_eq!(project.sqlite("app.sqlite", DUMP), before);
}

/// Every row, and every object.
const DUMP: &str = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name;
    SELECT * FROM session ORDER BY id; SELECT * FROM message ORDER BY nr; SELECT * FROM org; SELECT * FROM config;
    SELECT count(*) FROM log; SELECT * FROM touched; SELECT * FROM sqlite_sequence;";

/// A value that is read from rows which only other rows lead to, and from a table that the change
/// does not concern.
#[test]
fn the_sample_holds_what_its_rows_refer_to_and_what_the_text_reads() {
    let project = filled();
    change(&project, "nr -> Integer, body", "nr -> Integer, org -> Text, config -> Text, body");
    let org = "message.org=(SELECT o.name FROM session s JOIN org o ON o.id = s.org_id WHERE s.id = message.session_id)";
    let config = "message.config=(SELECT value FROM config WHERE id = 7)";
    let create = ["create", "--fill", org, "--fill", config];
    project.command_of(&create).env("GLOWPLUG_PROOF_LIMIT", "0").finish().exit(0).stderr_has(SAID);
    project.run("migrate").exit(0);
    let wrong = "SELECT count(*) FROM message m JOIN session s ON s.id = m.session_id \
        WHERE m.org <> 'o' || s.org_id OR m.config <> 'v7'";
    assert_eq!(project.sqlite("app.sqlite", wrong), "0\n");
}

/// What does not work on the sample does not on the file.
#[test]
fn a_sample_refuses_what_a_whole_copy_refuses() {
    let project = filled();
    project.sqlite(
        "app.sqlite",
        "CREATE TRIGGER s AFTER DELETE ON log BEGIN UPDATE session SET status = 'gone'; END",
    );
    change(&project, ", status -> Text", "");
    change(&project, "        index session_status (status);\n", "");
    for limit in ["0", "256"] {
        let before = project.contents();
        let ran = project.command("create --allow all").env("GLOWPLUG_PROOF_LIMIT", limit).finish();
        let error = ran.err();
        ran.exit(4);
        assert!(error.contains("trigger `s` of `log`"), "{limit}: {error}");
        assert_eq!(project.contents(), before);
    }
}

#[test]
fn a_limit_is_a_number_of_mebibytes() {
    let project = Project::with_session();
    let ran = project.command("create").env("GLOWPLUG_PROOF_LIMIT", "1 GB").finish().exit(1);
    ran.stderr_has("the variable `GLOWPLUG_PROOF_LIMIT` is `1 GB`, expected a number of MiB");
}

/// A key of two columns that is referred to without a word of them, and tables whose columns are
/// called what the sample calls its own.
#[test]
fn a_sample_is_taken_whatever_keys_and_columns_are_called() {
    let project = pulled(
        "CREATE TABLE p (low INT NOT NULL, high INT NOT NULL, i TEXT, PRIMARY KEY (low, high));
         CREATE TABLE c (id INTEGER PRIMARY KEY, a INT, b INT, FOREIGN KEY (a, b) REFERENCES p);
         CREATE TABLE n (low INTEGER PRIMARY KEY, high INT, i INT);
         WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 25000)
         INSERT INTO p SELECT n, -n, 'x' FROM s;
         INSERT INTO c SELECT low, low, high FROM p ORDER BY low DESC;
         INSERT INTO n SELECT low, -5, 7 FROM p;",
    );
    change(
        &project,
        "        id -> Integer,\n",
        "        id -> Integer,\n        more -> Integer,\n",
    );
    change(
        &project,
        "        high -> Nullable<Integer>,\n",
        "        high -> Integer,\n        more -> Integer,\n",
    );
    let create = [
        "create",
        "--dry-run",
        "--format",
        "json",
        "--allow",
        "all",
        // Each row of the sample has its parent there, and the rows are from all over the table.
        "--fill",
        "c.more=(SELECT p.low FROM p WHERE p.low = c.a)",
        "--fill",
        "n.more=(SELECT max(low) FROM n)",
    ];
    let ran = project.command_of(&create).env("GLOWPLUG_PROOF_LIMIT", "0").finish().exit(0);
    let rows = ran.json()["proof"]["rows"].as_i64().expect("a number");
    // 5,000 first rows of two tables, and as many from all over each, some of which are among them.
    assert!((17_000..=20_000).contains(&rows), "{rows} rows");
}

/// The rows that a key of the change itself refers to.
#[test]
fn a_new_foreign_key_is_proven_with_the_rows_that_it_refers_to() {
    let project = pulled(
        "CREATE TABLE p (id INTEGER PRIMARY KEY, k TEXT); CREATE TABLE c (id INTEGER PRIMARY KEY, x INT);
         WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 25000)
         INSERT INTO p SELECT n, 'k' FROM s; INSERT INTO c SELECT id, 25000 - id / 2 FROM p;",
    );
    change(&project, "table c {", "table c { foreign key (x) references p (id);");
    let ran =
        project.command("create --name x --allow all").env("GLOWPLUG_PROOF_LIMIT", "0").finish();
    ran.exit(0).stderr_has(SAID);
    project.run("migrate").exit(0);
}
