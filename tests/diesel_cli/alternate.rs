//! Stock Diesel CLI and glowplug take turns on one directory and one database; beside them stock
//! Diesel CLI does the same alone. After every step the catalogs, the histories and what was
//! printed are the same.

use super::beside::{Place, Tool};

/// What is done, in order.
const STEPS: &[&[&str]] = &[
    &["setup"],
    &["migration", "list"],
    &["migration", "pending"],
    &["migration", "redo"],
    &["migration", "redo", "-n", "3"],
    &["migration", "revert"],
    &["migration", "list"],
    &["migration", "pending"],
    &["migration", "run"],
    &["migration", "revert", "-n", "2"],
    &["migration", "run"],
    &["migration", "revert", "--number", "0"],
    &["migration", "redo", "--all"],
    &["database", "setup"],
    &["print-schema"],
    &["migration", "revert", "--all"],
    &["migration", "list"],
    &["migration", "revert"],
    &["migration", "run"],
    &["database", "reset"],
    &["migration", "list"],
];

/// Versions and names of every kind that Diesel takes.
const MIGRATIONS: &[(&str, &str, &str)] = &[
    ("!wow_exclaimed", "CREATE TABLE exclaimed (id INTEGER PRIMARY KEY);", "DROP TABLE exclaimed;"),
    (
        "2017-11-23-064836_session",
        "-- Your SQL goes here\nCREATE TABLE session (id INTEGER PRIMARY KEY, note TEXT);\n",
        "DROP TABLE session;",
    ),
    ("20170505070309_org", "CREATE TABLE org (id INTEGER PRIMARY KEY);", "DROP TABLE org;"),
    (
        "2026-11-22-110343-0000_add-title",
        "ALTER TABLE session ADD COLUMN title TEXT;\nCREATE INDEX by_title ON session (title);\n",
        "DROP INDEX by_title;\nALTER TABLE session DROP COLUMN title;\n",
    ),
    ("7letters", "CREATE TABLE letters (id INTEGER PRIMARY KEY);", "DROP TABLE letters;"),
    ("abc_ünïcode name", "CREATE TABLE abc (id INTEGER PRIMARY KEY);", "DROP TABLE abc;"),
];

fn fill(place: Place) -> Place {
    for (name, up, down) in MIGRATIONS {
        place.project.write(&format!("migrations/{name}/up.sql"), up);
        place.project.write(&format!("migrations/{name}/down.sql"), down);
    }
    // One that runs outside a transaction, and files that are none of a migration's.
    place.project.write(
        "migrations/2026-11-22-110343-0000_add-title/metadata.toml",
        "run_in_transaction = false\n",
    );
    place.project.write("migrations/README.md", "Not a migration.\n");
    place.project.write("migrations/.hidden/up.sql", "nonsense");
    place
}

fn take_turns(mixed: &Place, alone: &Place, first: Tool) {
    let mut tool = first;
    for (number, step) in STEPS.iter().enumerate() {
        let at = format!("step {number}, {tool:?} {step:?}");
        let said = mixed.say(tool, step);
        let expected = alone.say(Tool::Stock, step);
        assert_eq!(expected.code, Some(0), "{at}: stock alone: {}", expected.err);
        assert_eq!(said.code, expected.code, "{at}: {}", said.err);
        let normal = |place: &Place, text: &str| {
            let name = place.url.rsplit('/').next().unwrap_or_default();
            text.replace(&place.url, "[url]").replace(name, "[database]")
        };
        assert_eq!(normal(mixed, &said.out), normal(alone, &expected.out), "{at}");
        assert_eq!(mixed.look(), alone.look(), "{at}");
        tool = tool.other();
    }
}

#[test]
fn the_two_take_turns_on_sqlite() {
    for first in Tool::BOTH {
        take_turns(&fill(Place::sqlite()), &fill(Place::sqlite()), first);
    }
}

#[test]
fn the_two_take_turns_on_postgres() {
    for first in Tool::BOTH {
        take_turns(&fill(Place::postgres()), &fill(Place::postgres()), first);
    }
}

#[test]
fn the_two_take_turns_on_mariadb() {
    for first in Tool::BOTH {
        let [mixed, alone] = [fill(Place::mysql()), fill(Place::mysql())];
        for place in [&mixed, &alone] {
            // A key of text needs a length there, and so does the note that an index is on.
            place.project.write(
                "migrations/2026-11-22-110343-0000_add-title/up.sql",
                "ALTER TABLE session ADD COLUMN title VARCHAR(20);\nCREATE INDEX by_title ON session (title);\n",
            );
            place.project.write(
                "migrations/2026-11-22-110343-0000_add-title/down.sql",
                "DROP INDEX by_title ON session;\nALTER TABLE session DROP COLUMN title;\n",
            );
        }
        take_turns(&mixed, &alone, first);
    }
}

/// What one of them generates the other runs, and neither takes the other's version.
#[test]
fn the_two_generate_beside_each_other() {
    let place = Place::sqlite();
    place.must(Tool::Stock, &["setup"]);
    for number in 0..3 {
        for tool in Tool::BOTH {
            let name = format!("{tool:?}{number}");
            let out = place.must(tool, &["migration", "generate", &name]);
            assert_eq!(out.lines().count(), 2, "{out}");
            assert!(out.starts_with("Creating migrations/") && out.contains("/up.sql\n"), "{out}");
        }
    }
    let names = place.project.migrations();
    assert_eq!(names.len(), 6);
    let versions: std::collections::BTreeSet<_> =
        names.iter().map(|name| name.split('_').next()).collect();
    assert_eq!(versions.len(), 6, "{names:?}");
    // Both write the same two files, to the byte.
    let texts = |file: &str| -> std::collections::BTreeSet<String> {
        let read = |name: &String| place.project.read(&format!("migrations/{name}/{file}"));
        names.iter().map(read).collect()
    };
    assert_eq!((texts("up.sql").len(), texts("down.sql").len()), (1, 1));
    place.must(Tool::Ours, &["migration", "run"]);
    assert_eq!(place.must(Tool::Stock, &["migration", "pending"]), "false\n");
}
