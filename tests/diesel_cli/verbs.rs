//! The verbs alone: what stock Diesel CLI says and does, glowplug says and does.

use super::beside::{Place, Tool};

/// The same of each program, in a project of its own.
#[track_caller]
fn same(prepare: impl Fn(&Place), arguments: &[&str], variables: &[(&str, &str)]) -> Place {
    let [stock, ours] = Tool::BOTH.map(|tool| {
        let place = Place::sqlite();
        prepare(&place);
        let said = place.say_with(tool, arguments, variables);
        (place, said)
    });
    assert_eq!(stock.1.code, ours.1.code, "{arguments:?}: {}{}", ours.1.out, ours.1.err);
    assert_eq!(stock.1.out, ours.1.out, "{arguments:?}");
    let files = |place: &Place| -> Vec<String> {
        let root = place.project.path();
        let names = place.project.contents().into_iter().map(|(path, _)| path);
        names.map(|path| path.strip_prefix(&root).unwrap().display().to_string()).collect()
    };
    assert_eq!(files(&stock.0), files(&ours.0), "{arguments:?}");
    ours.0
}

fn one_migration(place: &Place) {
    place.project.write("migrations/1_org/up.sql", "CREATE TABLE org (id INTEGER PRIMARY KEY);");
    place.project.write("migrations/1_org/down.sql", "DROP TABLE org;");
}

const URL: &[(&str, &str)] = &[("DATABASE_URL", "app.sqlite")];

#[test]
fn setup_makes_what_diesel_cli_makes() {
    let place = same(|_| {}, &["setup"], URL);
    assert!(place.project.read("diesel.toml").contains("dir = \"migrations\""));
    same(|_| {}, &["setup", "--migration-dir", "db/m"], URL);
    same(|_| {}, &["setup", "--config-file", "other.toml"], URL);
    same(one_migration, &["setup"], URL);
    same(one_migration, &["database", "setup"], URL);
    same(one_migration, &["db", "reset"], URL);
    same(|_| {}, &["database", "drop"], URL);
    let place = Place::sqlite();
    place.must(Tool::Ours, &["setup"]);
    // Diesel CLI reads the diesel.toml that glowplug wrote, and the other way round.
    place.must(Tool::Stock, &["migration", "run"]);
    let place = Place::sqlite();
    place.must(Tool::Stock, &["setup"]);
    place.must(Tool::Ours, &["migration", "run"]);
}

#[test]
fn flags_stand_where_diesel_cli_takes_them() {
    for arguments in [
        &["--database-url", "app.sqlite", "migration", "run"][..],
        &["migration", "--database-url", "app.sqlite", "run"],
        &["migration", "run", "--database-url", "app.sqlite"],
        &["migration", "--migration-dir", "migrations", "run", "--database-url", "app.sqlite"],
        &["migration", "run", "--migration-dir=migrations", "--database-url=app.sqlite"],
        &["migration", "--config-file", "none.toml", "run", "--database-url", "app.sqlite"],
        &[
            "--config-file",
            "none.toml",
            "--locked-schema",
            "migration",
            "run",
            "--database-url",
            "app.sqlite",
        ],
        &["database", "--migration-dir", "migrations", "setup", "--database-url", "app.sqlite"],
    ] {
        same(one_migration, arguments, &[]);
    }
}

#[test]
fn settings_are_found_where_diesel_cli_finds_them() {
    let dotenv = |place: &Place| {
        one_migration(place);
        place.project.write(".env", "DATABASE_URL=\"app.sqlite\"\n");
    };
    same(dotenv, &["migration", "run"], &[]);
    let elsewhere = |place: &Place| {
        place.project.write("db/1_org/up.sql", "CREATE TABLE org (id INTEGER PRIMARY KEY);");
        place.project.write("settings.toml", "[migrations_directory]\ndir = \"db\"\n");
    };
    let config = ("DIESEL_CONFIG_FILE", "settings.toml");
    same(elsewhere, &["migration", "run"], &[config, URL[0]]);
    same(elsewhere, &["migration", "list"], &[("MIGRATION_DIRECTORY", "db"), URL[0]]);
}

#[test]
fn failures_end_as_diesel_clis_do() {
    // No database, no directory, a wrong word: 1, 1 and 2.
    same(one_migration, &["migration", "run"], &[]);
    same(|_| {}, &["migration", "run"], URL);
    same(one_migration, &["migration", "revert", "-n", "infinite"], URL);
    same(one_migration, &["migration", "jump"], URL);
    let broken = |place: &Place| {
        place.project.write("migrations/1_org/up.sql", "CREATE nonsense;");
    };
    same(broken, &["migration", "run"], URL);
    let empty = |place: &Place| place.project.write("migrations/1_org/up.sql", "");
    same(empty, &["migration", "list"], URL);
    let place = Place::sqlite();
    empty(&place);
    let said = place.say(Tool::Ours, &["migration", "run"]);
    assert_eq!(said.code, Some(1));
    let words = "Failed to run 1_org with: Attempted to run an empty migration.";
    assert!(said.err.contains(words), "{}", said.err);
    let place = Place::sqlite();
    place.project.write(".env", "DATABASE_URL=app.sqlite\nmy secret is hunter2\n");
    let said = place.say_with(Tool::Ours, &["setup"], &[]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.err.contains("Initializing `.env` file failed: Error parsing line"),
        "{}",
        said.err
    );
    assert!(!said.err.contains("hunter2"), "{}", said.err);
}

#[test]
fn a_missing_down_is_told_in_diesels_words_and_nothing_is_reverted() {
    for place in Place::each() {
        one_migration(&place);
        place
            .project
            .write("migrations/2_more/up.sql", "CREATE TABLE more (id INTEGER PRIMARY KEY);");
        place
            .project
            .write("migrations/3_most/up.sql", "CREATE TABLE most (id INTEGER PRIMARY KEY);");
        place.project.write("migrations/3_most/down.sql", "DROP TABLE most;");
        place.must(Tool::Ours, &["migration", "run"]);
        let before = place.look();
        let said = place.say(Tool::Ours, &["migration", "revert", "--all"]);
        assert_eq!(said.code, Some(1));
        assert!(said.out.contains("Rolling back migration 2_more"), "{}", said.out);
        assert!(said.err.contains("Missing `down.sql` file to revert migration"), "{}", said.err);
        assert_eq!(place.look(), before);
    }
}

#[test]
fn schema_rs_is_written_anew_as_diesel_cli_does_and_never_over_ddl() {
    let config = |place: &Place| {
        one_migration(place);
        place.project.write("diesel.toml", "[print_schema]\nfile = \"src/schema.rs\"\n");
    };
    let place = same(config, &["migration", "run"], URL);
    let written = place.project.read("src/schema.rs");
    assert!(written.contains("org (id)"), "{written}");

    // Locked: nothing is written, and the difference is shown.
    place.project.write("migrations/2_note/up.sql", "CREATE TABLE note (id INTEGER PRIMARY KEY);");
    place.project.write("migrations/2_note/down.sql", "DROP TABLE note;");
    let said = place.say(Tool::Ours, &["migration", "run", "--locked-schema"]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.err.contains("Command would result in changes to `[project]/src/schema.rs`"),
        "{}",
        said.err
    );
    assert!(said.out.contains("+    note (id) {"), "{}", said.out);
    assert_eq!(place.project.read("src/schema.rs"), written);

    // What a user wrote is not lost.
    let models = format!("{written}\nglowplug::ddl! {{ table org {{ strict; }} }}\n");
    place.project.write("src/schema.rs", &models);
    let said = place.say(Tool::Ours, &["migration", "redo"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("holds `ddl!` and is left as it is"), "{}", said.err);
    assert_eq!(place.project.read("src/schema.rs"), models);
}

#[test]
fn a_broken_url_keeps_its_password() {
    let place = Place::sqlite();
    one_migration(&place);
    let url = "postgres://app:hunter2@127.0.0.1:1/app";
    let said = place.say(Tool::Ours, &["migration", "run", "--database-url", url]);
    assert_eq!(said.code, Some(1));
    assert!(
        said.err.contains("Could not connect to database via `postgres://app:***@"),
        "{}",
        said.err
    );
    assert!(!said.err.contains("hunter2"), "{}", said.err);
}

#[test]
fn a_database_is_made_and_dropped_whatever_its_name() {
    let database = crate::support::postgres::Database::create();
    let url = format!("{}-a%20\"b", database.url);
    let place = Place { url, ..Place::sqlite() };
    one_migration(&place);
    let made = place.must(Tool::Ours, &["database", "setup", "--no-default-migration"]);
    assert!(made.starts_with("Creating database: ") && made.contains("-a \"b\n"), "{made}");
    assert!(place.must(Tool::Ours, &["migration", "list"]).contains("[X] 1_org"));
    let dropped = place.must(Tool::Ours, &["database", "drop"]);
    assert!(dropped.starts_with("Dropping database: "), "{dropped}");
    assert_eq!(place.must(Tool::Ours, &["database", "drop"]), "");
}

#[test]
fn a_file_that_is_named_by_a_url_is_dropped_with_what_lies_beside_it() {
    for url in ["app.sqlite", "sqlite://app.sqlite", "file:app.sqlite"] {
        let place = Place { url: url.to_owned(), ..Place::sqlite() };
        one_migration(&place);
        place.must(Tool::Ours, &["database", "setup"]);
        place.project.write("app.sqlite-wal", "");
        place.must(Tool::Ours, &["database", "drop"]);
        assert!(
            !place.project.exists("app.sqlite") && !place.project.exists("app.sqlite-wal"),
            "{url}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_is_called_diesel_does_the_same() {
    let place = Place::sqlite();
    one_migration(&place);
    let link = place.project.path().join("diesel");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_glowplug"), &link).unwrap();
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(&link)
            .args(arguments)
            .current_dir(place.project.path())
            .env_clear()
            .env("DATABASE_URL", "app.sqlite")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(run(&["migration", "run"]), "Running migration 1_org\n");
    assert!(run(&["migration", "run", "-h"]).contains("Usage: diesel migration run"));
    let script = run(&["completions", "bash"]);
    assert!(script.contains(" diesel\n") && !script.contains("complete -F _glowplug"), "{script}");
}
