//! A change of a table leaves everything else of it as it was typed, comments with what they are about.

use crate::cli::project::Project;

const TYPED: &str = "CREATE TABLE session ( -- the work that is done
    id INTEGER NOT NULL PRIMARY KEY, -- its number, by SQLite
    /* what it is called, (if anything */ name TEXT, -- may be NULL, then it has none
    status [varchar] (20) not null /* one of, three */ DEFAULT 'open' -- as the list says
    , note TEXT, -- whatever, else
    UNIQUE (name), -- no two
    /* never empty, */ CHECK (status <> '') -- and a word
)";

/// Models without types of their own for the columns: the text has them.
fn project() -> Project {
    let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
    let rows = "INSERT INTO session VALUES (1, 'a', 'open', 'n'), (2, NULL, 'done', NULL);";
    project.sqlite("app.sqlite", &format!("{TYPED};{rows}"));
    project.run("pull --output schema.rs").exit(0);
    project
}

const STORED: &str = "SELECT sql FROM sqlite_schema WHERE name = 'session'";

/// What the change makes of the text; the way back makes the old one, but for what was dropped.
#[track_caller]
fn becomes(changes: &[(&str, &str)], replaced: &[(&str, &str)]) {
    let project = project();
    let mut models = project.read("schema.rs");
    for (from, to) in changes {
        assert!(models.contains(from), "{from} in {models}");
        models = models.replacen(from, to, 1);
    }
    project.write("schema.rs", models);
    project.run("create --name x --allow all").exit(0);
    project.run("migrate").exit(0);
    let mut expected = TYPED.to_owned();
    for (from, to) in replaced {
        assert!(expected.contains(from), "{from}");
        expected = expected.replacen(from, to, 1);
    }
    let unquoted = |text: String| text.replace("TABLE \"session\"", "TABLE session");
    assert_eq!(unquoted(project.sqlite("app.sqlite", STORED)), format!("{expected}\n"));
    project.run("revert --yes").exit(0);
    assert_eq!(unquoted(project.sqlite("app.sqlite", STORED)), format!("{TYPED}\n"));
    assert_eq!(project.sqlite("app.sqlite", "PRAGMA integrity_check"), "ok\n");
}

const NOTE: &str = "        note -> Nullable<Text>,\n";

#[test]
fn a_column_goes_with_its_comments_and_no_others() {
    becomes(&[(NOTE, "")], &[(" note TEXT, -- whatever, else\n    UNIQUE", " UNIQUE")]);
    let name =
        "/* what it is called, (if anything */ name TEXT, -- may be NULL, then it has none\n    ";
    becomes(
        &[("        name -> Nullable<Text>,\n", ""), ("        unique (name);\n", "")],
        &[(name, ""), ("UNIQUE (name), -- no two\n    ", "")],
    );
}

#[test]
fn what_is_new_stands_behind_the_comments_of_what_was_there() {
    let added = format!("{NOTE}        more -> Text,\n");
    becomes(
        &[
            (NOTE, &added),
            (
                "    table session {\n",
                "    table session {\n        more: default \"lower('X')\";\n",
            ),
        ],
        &[(
            "note TEXT, -- whatever, else",
            "note TEXT, -- whatever, else\n    \"more\" TEXT NOT NULL DEFAULT (lower('X')),",
        )],
    );
    becomes(
        &[("    table session {\n", "    table session {\n        check \"id > 0\";\n")],
        &[("-- and a word\n)", "-- and a word\n,\n    CHECK (id > 0))")],
    );
}

#[test]
fn a_constraint_goes_with_its_comments_and_no_others() {
    becomes(&[("        unique (name);\n", "")], &[("UNIQUE (name), -- no two\n    ", "")]);
    becomes(
        &[("        check \"status <> ''\";\n", "")],
        &[(
            "UNIQUE (name), -- no two\n    /* never empty, */ CHECK (status <> '') -- and a word\n",
            "UNIQUE (name) -- no two\n    ",
        )],
    );
    // The comma stays where something comes in its place.
    becomes(
        &[("        check \"status <> ''\";\n", "        check \"id > 0\";\n")],
        &[(
            "-- no two\n    /* never empty, */ CHECK (status <> '') -- and a word\n",
            "-- no two\n    CHECK (id > 0)\n    ",
        )],
    );
}

#[test]
fn a_clause_of_a_column_goes_alone() {
    becomes(
        &[("status -> Varchar", "status -> Nullable<Varchar>")],
        &[(" not null /* one of", " /* one of")],
    );
}
