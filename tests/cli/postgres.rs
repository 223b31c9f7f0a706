//! The verbs on PostgreSQL.

use super::project::Project;
use crate::support::postgres::{Database, query};

const MODELS: &str = "\
diesel::table! {
    session (id) {
        id -> Integer,
        status -> Text,
    }
}
glowplug::ddl! {
    table session {
        status: default \"'pending'\";
        index (status);
    }
}
";

fn project(database: &Database) -> Project {
    Project::new()
        .file(".env", &format!("DATABASE_URL={}\n", database.url))
        .file("schema.rs", MODELS)
}

/// A role of one test, so that it can be told whose scratch databases are left.
pub(super) struct Role<'d> {
    database: &'d Database,
    name: String,
    pub(super) url: String,
}

impl<'d> Role<'d> {
    pub(super) fn new(database: &'d Database, rights: &str) -> Self {
        let (base, path) = database.url.rsplit_once('/').unwrap();
        let name = format!("role_{path}");
        database.must(&format!("CREATE ROLE {name} LOGIN {rights}"));
        let (scheme, authority) = base.split_once("://").unwrap();
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let url = format!("{scheme}://{name}@{host}/{path}");
        Self { database, name, url }
    }

    #[track_caller]
    fn owns_nothing(&self) {
        let left = "SELECT count(*) FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba";
        let left = format!("{left} WHERE r.rolname = '{}'", self.name);
        self.database.must(&format!("DO $$ BEGIN ASSERT ({left}) = 0; END $$"));
    }
}

impl Drop for Role<'_> {
    fn drop(&mut self) {
        drop(self.database.run(&format!("DROP ROLE {}", self.name)));
    }
}

#[test]
fn the_verbs_work_on_postgres() {
    let database = Database::create();
    let project = project(&database);
    project.run("status").exit(1).stderr_has("there is no directory");
    project.run("create").exit(0).stdout_has("_create_session/up.sql\n").stderr_has("proven: ");
    project.run("status --check").exit(3).stdout_has("Pending    1\n");
    project.run("migrate").exit(0).stdout_has("_create_session\n");
    project.run("migrate").exit(0).stdout("").stderr("Nothing to apply\n");
    project.run("status --check").exit(0);
    project.run("create").exit(0).stdout("").stderr("No changes detected\n");
    project.run("diff --exit-code").exit(0).stdout("");

    project.run("pull --output pulled.rs").exit(0);
    project.run("diff --models pulled.rs --exit-code").exit(0).stdout("");

    database.must("INSERT INTO session VALUES (1), (2)");
    project.run("revert").exit(4).stderr_has("drops table `session`, 2 rows");
    project.run("redo --yes").exit(0);
    project.run("revert --all --yes").exit(0);
    project.run("status --check").exit(3);
}

#[test]
fn the_migration_is_proven_where_it_is_told() {
    let database = Database::create();
    let project = project(&database);
    let live = project.run("create --dry-run --prove live").exit(0).err();
    assert!(live.contains("on the database itself"), "{live}");
    let scratch = project.run("create --dry-run --prove scratch").exit(0).err();
    assert!(scratch.contains("a scratch schema"), "{scratch}");
    let by_setting = project.command("create --dry-run").env("GLOWPLUG_PROVE", "scratch");
    assert_eq!(by_setting.finish().exit(0).err(), scratch);
    let wrong = project.command("create --dry-run").env("GLOWPLUG_PROVE", "somewhere").finish();
    wrong.exit(1).stderr_has("expected `live` or `scratch`");
}

#[test]
fn migrations_and_files_are_run_on_a_database_that_goes_again() {
    let database = Database::create();
    let role = Role::new(&database, "CREATEDB");
    let project = project(&database).file(".env", &format!("DATABASE_URL={}\n", role.url));
    project.run("create --from migrations").exit(0);
    project.run("diff migrations models --exit-code").exit(0).stdout("");
    project.run("diff migrations database").exit(0).stdout_has("- table session\n");
    project.write("other.sql", "CREATE TABLE other (id bigint PRIMARY KEY)");
    project.run("diff migrations other.sql").exit(0).stdout_has("+ table other\n");
    project.run("create --from migrations").exit(0).stderr("No changes detected\n");
    role.owns_nothing();
    assert!(database.rows().is_empty(), "nothing came into the database itself");
}

#[test]
fn what_cannot_come_back_for_the_rows_is_asked_about() {
    let database = Database::create();
    let models = |session: &str| {
        format!("diesel::table! {{ session (id) {{ id -> Integer, {session} }} }}\n")
    };
    let with_org = models("org_id -> Integer,")
        + "diesel::table! { org (id) { id -> Integer, } }\n\
           glowplug::ddl! { table session { foreign key (org_id) references org (id); } }\n";
    let project = project(&database).file("schema.rs", &with_org);
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    database.must("INSERT INTO org VALUES (1), (2)");
    database.must("INSERT INTO session VALUES (1, 1), (2, 2)");
    let project = project.file("schema.rs", &models(""));
    let answers = "--drop org --allow drop-table,drop-column,drop-constraint";
    let refused = project.run(&format!("create gone {answers}")).exit(4);
    refused.stderr_has("violates foreign key constraint").stderr_has("`--allow irreversible`");
    project.run(&format!("create gone {answers},irreversible")).exit(0);
    project.run("migrate").exit(0);
    project.run("revert --yes").exit(1).stderr_has("violates foreign key constraint");
    database.must("DELETE FROM session");
    project.run("redo --yes").exit(0);
}

const FULL: &str = "\
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE session (id integer PRIMARY KEY, status text NOT NULL DEFAULT 'pending', mood mood);
CREATE INDEX session_status_idx ON session (status);
CREATE TABLE child (k bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, kind integer,
    session integer CONSTRAINT child_session REFERENCES session (id) ON DELETE CASCADE,
    CONSTRAINT positive CHECK (kind > 0));
CREATE VIEW running AS SELECT id FROM session WHERE status = 'running';
CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE ON session FOR EACH ROW EXECUTE FUNCTION touched();
";

const FULL_DOWN: &str = "DROP VIEW running; DROP TABLE child; DROP TABLE session; \
    DROP FUNCTION touched(); DROP TYPE mood;";

/// What is changed by hand in one database, and the lines that name it.
const DRIFTS: &[&[(&str, &str)]] = &[
    &[
        ("CREATE TABLE other (k integer)", "+ table other"),
        (
            "ALTER TABLE session ADD COLUMN hand integer DEFAULT 3",
            "+ column session.hand  integer, default 3",
        ),
        ("ALTER TABLE child ALTER COLUMN k TYPE integer", "~ column child.k  bigint → integer"),
        (
            "ALTER TABLE session ALTER COLUMN status DROP DEFAULT",
            "~ column session.status  default 'pending'::text → none",
        ),
        ("CREATE INDEX more ON session (mood)", "+ index more on session (mood)"),
        ("ALTER TABLE child DROP CONSTRAINT positive", "- check positive on child  kind > 0"),
        ("CREATE OR REPLACE VIEW running AS SELECT id FROM session", "+ view running"),
        ("ALTER TYPE mood ADD VALUE 'happy'", "~ type mood  + happy"),
        ("ALTER TABLE session DISABLE TRIGGER touch", "~ trigger touch of session"),
        ("CREATE SCHEMA audit; CREATE TABLE audit.event (id integer)", "+ table audit.event"),
        ("ALTER TABLE session ENABLE ROW LEVEL SECURITY", "~ table session"),
        ("CREATE SEQUENCE lonely", "+ sequence lonely"),
    ],
    &[
        (
            "ALTER TABLE session ALTER COLUMN status DROP NOT NULL",
            "~ column session.status  not null → null",
        ),
        ("DROP INDEX session_status_idx", "- index session_status_idx on session (status)"),
        (
            "ALTER TABLE child DROP CONSTRAINT child_session",
            "- foreign key child_session on child (session) → session (id) on delete cascade",
        ),
        ("DROP VIEW running", "- view running"),
        ("DROP TRIGGER touch ON session", "- trigger touch of session"),
        (
            "CREATE OR REPLACE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
            "~ function touched()",
        ),
        ("ALTER TABLE session SET (fillfactor = 70)", "~ table session  with none → fillfactor=70"),
        ("ALTER TABLE child ALTER COLUMN k SET INCREMENT BY 2", "~ sequence child_k_seq of child"),
    ],
    &[("DROP TABLE child", "- table child")],
];

fn checked(database: &Database) -> Project {
    let models = "diesel::table! { session (id) { id -> Integer, status -> Text, } }";
    let project = project(database).file("schema.rs", models).migration(
        "2026-01-01-000000-0000_one",
        FULL,
        FULL_DOWN,
    );
    // `mood` is in no model.
    project.file(
        "schema.rs",
        "diesel::table! { session (id) { id -> Integer, status -> Text, mood -> Nullable<crate::Mood>, } }\n\
         glowplug::ddl! { table session { id: unassigned; status: default \"'pending'\"; mood: type \"mood\"; index session_status_idx (status); } }\n",
    )
}

#[test]
fn what_was_changed_by_hand_is_named_object_by_object() {
    for drifts in DRIFTS {
        let database = Database::create();
        let project = checked(&database);
        project.run("migrate").exit(0);
        let files = project.contents();
        let before = database.fingerprint();
        project.run("check").exit(0);
        assert_eq!(database.fingerprint(), before);
        for (sql, _) in *drifts {
            database.must(sql);
        }
        let out = project.run("check").exit(3).out();
        let told: Vec<_> = out.lines().map(str::trim).collect();
        let silent = drifts.iter().filter(|(_, line)| !told.contains(line));
        assert_eq!(silent.collect::<Vec<_>>(), [&("", ""); 0], "{out}");
        assert_eq!(project.contents(), files);
    }
}

#[test]
fn grants_are_told_and_no_difference() {
    let database = Database::create();
    let project = checked(&database);
    project.run("migrate").exit(0);
    database.must("GRANT SELECT ON session TO PUBLIC; GRANT UPDATE (status) ON session TO PUBLIC");
    project.run("check").exit(0).stderr_has("grants `session` of `session` differ\n");
}

#[test]
fn check_leaves_no_scratch_database_and_names_what_does_not_go_back() {
    let database = Database::create();
    let role = Role::new(&database, "CREATEDB");
    let project = checked(&database).file(".env", &format!("DATABASE_URL={}\n", role.url));
    let project = project.migration(
        "2026-01-02-000000-0000_two",
        "CREATE TABLE b (k integer);\nCREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';",
        "DROP TABLE b;",
    );
    project
        .run("check --no-database")
        .exit(3)
        .stdout_has("down.sql leaves function `f()`, which was not there")
        .stdout_has("up.sql:2")
        .stdout_has("Database   left out\n");
    role.owns_nothing();
    assert!(database.rows().is_empty(), "nothing came into the database itself");
}

#[test]
fn without_the_right_to_make_a_database_check_says_so() {
    let database = Database::create();
    let project = checked(&database);
    let role = Role::new(&database, "");
    let url = &role.url;
    let run = project.run(&format!("check --no-database --database-url {url}"));
    run.exit(1).stderr_has("the server makes no scratch database").stderr_has("permission denied");
}

#[test]
fn a_squash_serves_databases_at_every_old_state() {
    let one = "2026-01-01-000000-0000_one";
    let two = "2026-01-02-000000-0000_two";
    let three = "2026-01-03-000000-0000_three";
    let all = [one, two, three];
    let first = Database::create();
    let project = checked(&first)
        .migration(two, "CREATE TABLE b (k integer, at timestamp DEFAULT clock_timestamp());\nINSERT INTO b VALUES (1), (2)", "DROP TABLE b")
        .migration(three, "DO $$ BEGIN EXECUTE 'CREATE INDEX b_k ON b (k)'; END $$;\nUPDATE b SET k = k + 1;", "DROP INDEX b_k; UPDATE b SET k = k - 1;");
    let databases = [Database::create(), Database::create(), Database::create()];
    for (database, name) in databases.iter().zip(all) {
        project.run(&format!("migrate --to {name} --database-url {}", database.url)).exit(0);
    }
    let end = databases[2].fingerprint();
    project
        .run("squash --yes")
        .exit(0)
        .stderr_has("The rows of `b` hold values that differ from run to run.");
    assert_eq!(project.migrations(), ["2026-01-03-000000-0000_squashed"]);
    for database in &databases[..2] {
        let refused = crate::freedom::try_diesel(&project, &database.url, &["migration", "run"]);
        assert!(refused.unwrap_err().contains("which takes glowplug"));
    }
    for database in &databases {
        let flag = format!("--database-url {}", database.url);
        project.run(&format!("migrate {flag}")).exit(0);
        project.run(&format!("check {flag}")).exit(0);
        assert_eq!(database.fingerprint(), end);
        assert_eq!(
            database.rows()["b"].iter().map(|row| &*row["k"]).collect::<Vec<_>>(),
            ["2", "3"]
        );
    }
    for verb in ["run", "revert", "run", "redo"] {
        crate::freedom::diesel(&project, &first.url, &["migration", verb]);
        assert_eq!(first.fingerprint() == end, verb != "revert", "diesel migration {verb}");
    }
    project.run("check").exit(0);
}

#[test]
fn what_must_run_alone_is_not_squashed() {
    let database = Database::create();
    let two = "2026-01-02-000000-0000_two";
    let project = checked(&database)
        .migration(two, "CREATE INDEX CONCURRENTLY i ON child (kind)", "DROP INDEX CONCURRENTLY i")
        .file(&format!("migrations/{two}/metadata.toml"), "run_in_transaction = false\n");
    project
        .run("squash --yes")
        .exit(4)
        .stderr_has(&format!("migration `{two}`: it runs outside a transaction"))
        .stderr_has("hint: `--to 2026-01-01-000000-0000_one` ends before it");
    assert_eq!(project.migrations().len(), 2);
}

/// Without a lock: what needs a transaction first, then each index by itself.
#[test]
fn indexes_are_built_while_others_write() {
    let database = Database::create();
    let project = project(&database);
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    database.must("INSERT INTO session SELECT n, 'pending' FROM generate_series(1, 50) n");
    let more = MODELS
        .replace("status -> Text,", "status -> Text,\n        note -> Nullable<Text>,")
        .replace("index (status);", "index (status);\n        unique index (id, note);\n        index once (\"lower(status)\") where \"id > 5\";");
    project.write("schema.rs", more);
    let before = project.migrations().len();
    project.run("create --concurrently").exit(0).stdout_has("_create_once/metadata.toml\n");
    let written = project.migrations().split_off(before);
    let names: Vec<_> = written.iter().map(|name| name.split_once('_').unwrap().1).collect();
    assert_eq!(names, ["add_note_to_session", "create_session_id_note_idx", "create_once"]);
    let file = |of: &str, file: &str| {
        let name = written.iter().find(|name| name.ends_with(of)).unwrap();
        project.read(&format!("migrations/{name}/{file}"))
    };
    let up = file("create_once", "up.sql");
    let create =
        "CREATE INDEX CONCURRENTLY \"once\" ON \"session\" ((lower(status))) WHERE id > 5;";
    assert!(up.contains(create) && up.contains("runs in no transaction"), "{up}");
    assert!(file("create_once", "down.sql").contains("DROP INDEX CONCURRENTLY \"once\";"));
    assert_eq!(file("create_once", "metadata.toml"), "run_in_transaction = false\n");
    assert!(!file("add_note_to_session", "up.sql").contains("INDEX"));

    project.run("migrate").exit(0);
    project.run("create --concurrently").exit(0).stderr("No changes detected\n");
    let valid = "SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid = 'session'::regclass";
    database.must(&format!("DO $$ BEGIN ASSERT ({valid}) = 4; END $$"));
    // Stock Diesel CLI takes them back, and runs them again.
    let diesel = |arguments: &[&str]| {
        let mut command = std::process::Command::new("diesel");
        command.args(["migration", "--database-url", &database.url]).args(arguments);
        let output = command.current_dir(project.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    diesel(&["revert", "-n", "3"]);
    database.must(&format!("DO $$ BEGIN ASSERT ({valid}) = 2; END $$"));
    diesel(&["run"]);
    database.must(&format!("DO $$ BEGIN ASSERT ({valid}) = 4; END $$"));
    project.run("revert --yes --all").exit(0);
}

/// On a large table the lock of an index is told, and how to do without.
#[test]
fn an_index_on_a_large_table_is_told() {
    let database = Database::create();
    let project = project(&database);
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    let more =
        MODELS.replace("index (status);", "index (status);\n        index once (status, id);");
    project.write("schema.rs", more);
    let line = "nobody can write to session, of about 120000 rows, while once is built";
    let ran = project.run("create --dry-run").exit(0);
    assert!(!ran.err().contains("nobody can write"), "{}", ran.err());
    // The index of a proof counts the rows anew.
    let many = "UPDATE pg_class SET reltuples = 120000 WHERE relname = 'session'";
    database.must(many);
    let ran = project.run("create --dry-run").exit(0).stderr_has(line);
    ran.stderr_has("hint: `--concurrently` builds it while others write");
    database.must(many);
    let json = project.run("create --dry-run --format json").exit(0);
    json.stdout_has("\"notice\": \"long-lock\"").stdout_has("\"rows\": 120000");
    database.must(many);
    let ran = project.run("create --dry-run --concurrently").exit(0);
    assert!(!ran.err().contains("nobody can write"), "{}", ran.err());
}

/// Rows that share a key: the index fails, is no obstacle to the next try, and is built once they are gone.
#[test]
fn an_index_that_cannot_be_built_is_tried_again() {
    let database = Database::create();
    let project = project(&database);
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    project.write(
        "schema.rs",
        MODELS.replace("index (status);", "index (status);\n        unique index once (status);"),
    );
    project.run("create --concurrently").exit(0);
    database.must("INSERT INTO session VALUES (1, 'same'), (2, 'same')");
    let failed = project.run("migrate").exit(1).stderr_has("could not create unique index");
    failed.stderr_has("; the invalid index public.once that it left behind was dropped");
    let left = "SELECT count(*) FROM pg_class WHERE relname = 'once'";
    database.must(&format!("DO $$ BEGIN ASSERT ({left}) = 0; END $$"));
    project.run("migrate").exit(1).stderr_has("could not create unique index");
    database.must("DELETE FROM session WHERE id = 2");
    project.run("migrate").exit(0);
    let valid = format!("{left} AND oid IN (SELECT indexrelid FROM pg_index WHERE indisvalid)");
    database.must(&format!("DO $$ BEGIN ASSERT ({valid}) = 1; END $$"));
    project.run("create").exit(0).stderr("No changes detected\n");
}

/// To tell what is lost, a down.sql runs in a transaction, and one that ends it does not.
#[test]
fn a_dry_run_commits_nothing() {
    let database = Database::create();
    database.must("CREATE TABLE k (x INT); INSERT INTO k VALUES (1)");
    for (down, told) in [
        ("BEGIN; DROP TABLE k; COMMIT;", "BEGIN;"),
        ("DROP TABLE k; COMMIT;", "COMMIT;"),
        ("DO $$ BEGIN DROP TABLE k; COMMIT; END $$;", "DO $$"),
        ("PREPARE q AS SELECT 1; EXECUTE q; DEALLOCATE q;", "PREPARE q"),
        ("VACUUM k;", "VACUUM k;"),
    ] {
        let name = "2026-01-01-000000-0000_k";
        let project = project(&database).migration(name, "SELECT 1;", down);
        let metadata = format!("migrations/{name}/metadata.toml");
        let project = project.file(&metadata, "run_in_transaction = false\n");
        project.run("migrate --fake").exit(0);
        let why = format!("what is lost cannot be told: `{told}");
        project.run("revert --dry-run").exit(0).stderr_has(&why);
        database.must("INSERT INTO k VALUES (2); DELETE FROM __diesel_schema_migrations");
    }
}

/// What a sequence hands out is taken back with no transaction, unless somebody sees to it.
#[test]
fn a_dry_run_moves_no_sequence_and_keeps_nobody_waiting() {
    let database = Database::create();
    let up = "CREATE TABLE t (id serial PRIMARY KEY); INSERT INTO t SELECT FROM generate_series(1, 500);";
    for down in [
        "SELECT setval('t_id_seq', 1);",
        "SELECT pg_catalog.setval(pg_get_serial_sequence('t', 'id'), 1, false);",
        "INSERT INTO t SELECT nextval('t_id_seq');",
    ] {
        let project = project(&database).migration(
            "2026-01-01-000000-0000_t",
            up,
            &format!("{down} DROP TABLE t;"),
        );
        project.run("migrate").exit(0);
        project.run("revert --dry-run").exit(0);
        project.run("revert").exit(4);
        let last = "SELECT last_value::text AS line FROM t_id_seq";
        assert_eq!(query(&mut database.connect(), last), ["500"], "{down}");
        project.run("revert --yes").exit(0);
    }
    let slow = "DROP TABLE t; SELECT pg_sleep(600);";
    let project = project(&database).migration("2026-01-01-000000-0000_t", up, slow);
    project.run("migrate").exit(0);
    let start = std::time::Instant::now();
    project.run("revert --dry-run").exit(0).stderr_has("statement timeout");
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    project.write(
        "migrations/2026-01-01-000000-0000_t/down.sql",
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots; DROP TABLE t;",
    );
    project.run("revert --dry-run").exit(0).stderr_has("is not run before it is meant");
}

/// A scratch database does not hold what belongs to the server.
#[test]
fn roles_are_not_touched_by_a_check() {
    let database = Database::create();
    let role = Role::new(&database, "CONNECTION LIMIT 7");
    let name = &role.name;
    for (up, down) in [
        (format!("ALTER ROLE {name} CONNECTION LIMIT 1;"), "SELECT 1;".to_owned()),
        ("SELECT 1;".to_owned(), format!("DROP ROLE IF EXISTS {name};")),
        (
            format!("DO $$ BEGIN EXECUTE 'ALTER ROLE {name} NOLOGIN'; END $$;"),
            "SELECT 1;".to_owned(),
        ),
    ] {
        let project = project(&database).migration("2026-01-01-000000-0000_t", &up, &down);
        project.run("check").exit(1).stderr_has("which would change more than a scratch database");
        let asked = format!(
            "SELECT rolconnlimit || '|' || rolcanlogin AS line FROM pg_roles WHERE rolname = '{name}'"
        );
        assert_eq!(query(&mut database.connect(), &asked), ["7|true"]);
    }
    // What is only called so is.
    let up =
        "CREATE TABLE role (x int); ALTER TABLE role ADD \"drop role\" text DEFAULT 'DROP ROLE x';";
    let project = project(&database).migration("2026-01-01-000000-0000_t", up, "DROP TABLE role;");
    project.run("check --no-database").exit(3).stdout_has("1 migration ran up, down and up again");
}

#[test]
fn what_stands_beside_the_tables_is_seen_too() {
    const SETUP: &str = "CREATE TABLE t (id int PRIMARY KEY);
        CREATE PUBLICATION pb FOR TABLE t; CREATE COLLATION co (locale = 'C');
        CREATE FOREIGN DATA WRAPPER fdw; CREATE SERVER srv FOREIGN DATA WRAPPER fdw;
        CREATE DOMAIN dm AS int CONSTRAINT positive CHECK (VALUE > 0);";
    const DOWN: &str = "DROP PUBLICATION pb; DROP TABLE t; DROP COLLATION co; DROP DOMAIN dm;
        DROP SERVER srv; DROP FOREIGN DATA WRAPPER fdw;";
    let database = Database::create();
    let project = project(&database).migration("2026-01-01-000000-0000_one", SETUP, DOWN).file(
        "schema.rs",
        "diesel::table! { t (id) { id -> Integer } } glowplug::ddl! { table t { id: unassigned; } }",
    );
    project.run("migrate").exit(0);
    project.run("check").exit(0);
    for (sql, line) in [
        ("ALTER PUBLICATION pb SET (publish = 'insert')", "~ publication pb"),
        ("COMMENT ON PUBLICATION pb IS 'c'", "+ comment on publication pb"),
        ("COMMENT ON COLLATION co IS 'c'", "+ comment on collation public.co"),
        ("COMMENT ON SERVER srv IS 'c'", "+ comment on server srv"),
        ("COMMENT ON CONSTRAINT positive ON DOMAIN dm IS 'c'", "~ type dm"),
        (
            "CREATE USER MAPPING FOR PUBLIC SERVER srv OPTIONS (password 'x')",
            "+ user mapping public on srv",
        ),
    ] {
        database.must(sql);
        let out = project.run("check").exit(3).out();
        assert!(out.lines().any(|it| it.trim() == line), "{line} in {out}");
        assert!(!out.contains("password=x"), "{out}");
    }
}
