//! What stands in a file and is in the way of a change: broken views and triggers, and what only the
//! application gives its connections.

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, SqliteConnection};

use crate::cli::project::Project;

/// A project whose models say what the database holds.
pub(super) fn pulled(sql: &str) -> Project {
    let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
    let path = project.path().join("app.sqlite");
    let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    connection
        .register_collation("unicase", |a, b| a.to_lowercase().cmp(&b.to_lowercase()))
        .unwrap();
    connection.batch_execute("PRAGMA foreign_keys = OFF").unwrap();
    connection.batch_execute(sql).unwrap();
    drop(connection);
    project.run("pull --output schema.rs").exit(0).stderr("");
    project.run("diff --exit-code").exit(0).stdout("");
    project
}

pub(super) fn change(project: &Project, from: &str, to: &str) {
    let models = project.read("schema.rs");
    assert!(models.contains(from), "{from} in {models}");
    project.write("schema.rs", models.replacen(from, to, 1));
}

const TABLES: &str = "\
    CREATE TABLE session (id INTEGER NOT NULL PRIMARY KEY, status TEXT NOT NULL, note TEXT);
    CREATE TABLE other (id INTEGER NOT NULL PRIMARY KEY);
    INSERT INTO session VALUES (1, 'done', 'n');
";

/// Object, what it is made by, what is wrong in it.
const BROKEN: [(&str, &str, &str); 3] = [
    ("view", "CREATE VIEW v AS SELECT gone FROM session;", "no such column: gone"),
    ("view", "CREATE VIEW v AS SELECT * FROM nowhere;", "no such table: main.nowhere"),
    (
        "trigger",
        "CREATE TRIGGER v AFTER INSERT ON other BEGIN INSERT INTO nowhere VALUES (1); END;",
        "no such table: main.nowhere",
    ),
];

#[test]
fn a_view_or_trigger_that_is_broken_already_is_named_and_nothing_is_written() {
    let note = "        note -> Nullable<Text>,\n";
    let renamed = "        #[doc(alias = \"note\")]\n        text -> Nullable<Text>,\n";
    for (kind, sql, why) in BROKEN {
        for to in ["", renamed, &format!("{note}        more -> Nullable<Text>,\n")] {
            let project = pulled(&format!("{TABLES}{sql}"));
            change(&project, note, to);
            let before = project.contents();
            project.run("create --allow all").exit(4).stdout("").stderr(&format!(
                "error: {kind} `v`: it is broken ({why}), and SQLite alters no table while it is \
                 there\nhint: mend it, or drop it first: DROP {} \"v\";\n",
                kind.to_uppercase()
            ));
            assert_eq!(project.contents(), before);
        }
        // A table that is built anew is renamed in SQLite's older way, which reads none of them.
        let project = pulled(&format!("{TABLES}{sql}"));
        let before = project.sqlite("app.sqlite", DUMP);
        change(&project, "status -> Text", "status -> Nullable<Text>");
        project.run("create --name relax").exit(0);
        project.run("migrate").exit(0);
        project.run("revert --yes").exit(0);
        assert_eq!(project.sqlite("app.sqlite", DUMP), before);
    }
}

const DUMP: &str =
    "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name NOT LIKE '\\_\\_%' ESCAPE '\\'
    AND type <> 'table' ORDER BY name; SELECT * FROM session;";

#[test]
fn a_broken_view_can_be_mended_or_dropped_together_with_another_change() {
    for (to, line) in [("view v \"SELECT note FROM session\";", ""), ("", " --drop v")] {
        let project = pulled(&format!("{TABLES}{}", BROKEN[0].1));
        let before = project.sqlite("app.sqlite", DUMP);
        let note = "note -> Nullable<Text>,";
        change(&project, note, &format!("{note}\n        more -> Nullable<Text>,"));
        change(&project, "view v \"SELECT gone FROM session\";", to);
        project.run(&format!("create --name mend --allow all{line}")).exit(0);
        project.run("migrate").exit(0);
        project.run("create").exit(0).stderr("No changes detected\n");
        project.run("revert --yes").exit(0);
        assert_eq!(project.sqlite("app.sqlite", DUMP), before);
    }
}

/// The migration was written for a database without it.
#[test]
fn a_broken_view_of_another_database_is_named_by_migrate() {
    let (_, view, why) = BROKEN[0];
    let project = pulled(TABLES);
    change(&project, "        note -> Nullable<Text>,\n", "");
    project.run("create --name less --allow all").exit(0);
    project.sqlite("app.sqlite", view);
    project
        .run("migrate")
        .exit(1)
        .stderr_has(&format!("error in view v: {why}; it was rolled back as a whole\n"))
        .stderr_has(&format!(
            "\nhint: view `v` is broken ({why}), and SQLite alters no table while it is there: mend \
             or drop it, and run the migration again\n"
        ));
    assert!(!project.run("migrate").err().contains("mend the file"));
    project.sqlite("app.sqlite", "DROP VIEW v");
    project.run("migrate").exit(0);
}

const CARDS: &str = "\
    CREATE TABLE deck (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL COLLATE unicase, note TEXT);
    CREATE UNIQUE INDEX deck_name ON deck (name);
    CREATE INDEX deck_note ON deck (note COLLATE unicase);
    CREATE TABLE card (id INTEGER NOT NULL PRIMARY KEY, text TEXT);
    INSERT INTO deck VALUES (1, 'One', 'n'), (2, 'two', NULL);
";

const LACKS: &str = "error: collation `unicase`: index `deck_note` of `deck` and table `deck` need it, and \
    glowplug's SQLite does not have it\n";

#[test]
fn a_collation_of_the_applications_is_named_and_what_to_do() {
    let note = "        note -> Nullable<Text>,\n";
    for (from, to) in [
        (note, ""),
        (note, "        note -> Nullable<Integer>,\n"),
        (
            note,
            "        #[sql_name = \"text\"]\n        #[doc(alias = \"note\")]\n        note -> Nullable<Text>,\n",
        ),
        ("    table card {", "    table card { unique (text);"),
        ("    table deck {", "    table deck { unique (name, note);"),
    ] {
        let project = pulled(CARDS);
        change(&project, from, to);
        if to.is_empty() {
            change(&project, "        index deck_note (note collate \"unicase\");\n", "");
        }
        let before = project.contents();
        let ran = project.run("create --no-renames --allow all").exit(4).stdout("");
        assert!(ran.err().starts_with(LACKS), "{to}: {}", ran.err());
        ran.stderr_has("`--unproven` writes the migration without having run it")
            .stderr_has("and the application applies it, with `MigrationManager`\n");
        assert_eq!(project.contents(), before);
    }
}

/// What SQLite says then names no collation: it has no way to read the table.
#[test]
fn a_collation_in_the_key_of_a_table_without_rowid_is_named() {
    let project = pulled(
        "CREATE TABLE tag (name TEXT NOT NULL COLLATE unicase, usn INTEGER, PRIMARY KEY (name)) WITHOUT ROWID;
        INSERT INTO tag VALUES ('a', 1);",
    );
    change(&project, "table tag {", "table tag { check \"usn > 0\";");
    project.run("create").exit(4).stdout("").stderr_has(
        "error: collation `unicase`: table `tag` needs it, and glowplug's SQLite does not have it\n",
    );
}

/// And the application does what the hint says.
#[test]
fn the_application_applies_what_glowplug_cannot_run() {
    use glowplug::MigrationManager;
    use glowplug::apply::Revert;
    use glowplug::files::MigrationsDir;

    let project = pulled(CARDS);
    let before =
        project.sqlite("app.sqlite", "SELECT sql FROM sqlite_schema WHERE tbl_name = 'deck'");
    change(&project, "note -> Nullable<Text>", "note -> Text");
    change(&project, "text -> Nullable<Text>,", "");
    let fill = "deck.note=''";
    project
        .run(&format!("create --name both --unproven --fill {fill}"))
        .exit(4)
        .stderr_has("drops column `card.text`");
    project.run(&format!("create --name both --unproven --allow all --fill {fill}")).exit(0);
    project
        .run("migrate")
        .exit(1)
        .stderr_has("no such collation sequence: ")
        .stderr_has("let the application apply the migration, with `MigrationManager`");

    let path = project.path().join("app.sqlite");
    let mut application = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    application
        .register_collation("unicase", |a, b| a.to_lowercase().cmp(&b.to_lowercase()))
        .unwrap();
    let migrations = MigrationsDir::open(&project.path().join("migrations")).unwrap();
    let manager = MigrationManager::new(migrations);
    assert_eq!(manager.apply(&mut application).unwrap().applied.len(), 1);
    project.run("create").exit(0).stderr("No changes detected\n");
    assert_eq!(project.sqlite("app.sqlite", "SELECT group_concat(note, '|') FROM deck"), "n|\n");
    assert_eq!(manager.revert(&mut application, Revert::Last(1)).unwrap().reverted.len(), 1);
    let after =
        project.sqlite("app.sqlite", "SELECT sql FROM sqlite_schema WHERE tbl_name = 'deck'");
    assert_eq!(after.replace("TABLE \"deck\"", "TABLE deck"), before);
}

/// The database has nothing of the kind: it may as well be a mistake.
#[test]
fn a_collation_or_function_of_the_models_alone_is_said_to_be_theirs() {
    for (clause, what) in [
        ("text: collate \"NOCAS\";", "collation `NOCAS`"),
        ("check \"reversed(text) <> 'a'\";", "function `reversed`"),
        ("index (\"reversed(text)\");", "function `reversed`"),
    ] {
        let project = pulled("CREATE TABLE card (id INTEGER NOT NULL PRIMARY KEY, text TEXT);");
        change(&project, "    table card {", &format!("    table card {{ {clause}"));
        let error = project.run("create --allow all").exit(4).stdout("").err();
        let said =
            format!("error: {what}: the models use it, and glowplug's SQLite does not have it\n");
        assert!(error.starts_with(&said), "{clause}: {error}");
    }
}

const LOOSE: &str = "\
    CREATE TABLE parent (id INTEGER NOT NULL PRIMARY KEY, code TEXT);
    CREATE TABLE child (id INTEGER NOT NULL PRIMARY KEY, code TEXT REFERENCES parent (code));
    CREATE TABLE other (id INTEGER NOT NULL PRIMARY KEY, name TEXT);
    INSERT INTO parent VALUES (1, 'a'); INSERT INTO child VALUES (1, 'a'); INSERT INTO other VALUES (1, 'b');
";

/// SQLite calls it a mismatch, and then checks no foreign key at all.
#[test]
fn a_foreign_key_that_sqlite_cannot_check_stops_rebuilds_alone_and_can_be_mended() {
    let project = pulled(LOOSE);
    let name = "        name -> Nullable<Text>,\n";
    change(&project, name, "        name -> Text,\n");
    let before = project.contents();
    project.run("create").exit(4).stdout("").stderr(
        "error: foreign key of `child`: it refers to columns of `parent` that are not there, or not \
         unique, and SQLite checks no foreign key while it is there\n\
         hint: mend it first, with a `unique index` over these columns of `parent`\n",
    );
    assert_eq!(project.contents(), before);
    // In place nothing is in the way.
    change(
        &project,
        "        name -> Text,\n",
        &format!("{name}        more -> Nullable<Text>,\n"),
    );
    change(&project, "    table parent {}", "    table parent { unique index (code); }");
    project.run("create --name mended").exit(0);
    project.run("migrate").exit(0);
    change(&project, name, "        name -> Text,\n");
    project.run("create --name rebuilt").exit(0);
    project.run("migrate").exit(0);
    // Nor may a change bring it.
    change(&project, "    table parent { unique index (code); }", "    table parent {}");
    project.run("create --allow all").exit(4).stdout("").stderr_has(
        "error: up.sql breaks foreign key of `child`: it would refer to columns of `parent` that are \
         not there, or not unique\n",
    );
}

/// Nor does a migration that somebody wrote: it is not this one's to check.
#[test]
fn a_foreign_key_that_sqlite_cannot_check_does_not_stop_what_was_written_by_hand() {
    let up = "CREATE TABLE n (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL);
        INSERT INTO n SELECT id, name FROM other; DROP TABLE other; ALTER TABLE n RENAME TO other;";
    for inside in [true, false] {
        let project = pulled(LOOSE).migration("2026-01-01-000000-0000_new", up, "");
        project.write(
            "migrations/2026-01-01-000000-0000_new/metadata.toml",
            format!("run_in_transaction = {inside}\n"),
        );
        project.run("migrate").exit(0);
        assert_eq!(project.sqlite("app.sqlite", "SELECT name FROM other"), "b\n");
    }
}

/// `DROP COLUMN` and `RENAME COLUMN` rewrite them in the texts of all tables.
#[test]
fn texts_in_double_quotes_stay_as_they_are_or_the_change_is_refused() {
    let check =
        "CREATE TABLE kept (id INTEGER NOT NULL PRIMARY KEY, s TEXT CHECK (s <> \"draft\"));";
    let index = "CREATE TABLE kept (id INTEGER NOT NULL PRIMARY KEY, s TEXT); CREATE INDEX i ON kept (\"draft\");";
    let view = "CREATE VIEW kept AS SELECT id, \"draft\" AS s FROM session;";
    let note = "        note -> Nullable<Text>,\n";
    let dump = "SELECT sql FROM sqlite_schema WHERE tbl_name = 'kept'; SELECT * FROM session";
    let rename = note.replacen("note", "text", 1);
    let rename = format!("        #[doc(alias = \"note\")]\n{rename}");
    for (sql, is_view) in [(check, false), (index, false), (view, true)] {
        for (to, renames) in [
            ("", false),
            (&*format!("{note}        more -> Nullable<Text>,\n"), false),
            (&*rename, true),
        ] {
            // The schema may hold such texts where the connection does not take new ones.
            let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
            project.sqlite("app.sqlite", &format!("{TABLES}{sql}"));
            project.run("pull --output schema.rs").exit(0);
            let before = project.sqlite("app.sqlite", dump);
            change(&project, note, to);
            let ran = project.run("create --name x --allow all");
            if renames || is_view {
                let told = match sql == index {
                    true => "error: up.sql breaks index `i`: no such column: draft\n".to_owned(),
                    false => format!(
                        "error: {} `kept`: it holds the text \"draft\" in double quotes, which SQLite \
                         writes in single quotes when a column of any table is renamed or dropped\n\
                         hint: write it in single quotes first\n",
                        if is_view { "view" } else { "table" }
                    ),
                };
                ran.exit(4).stdout("").stderr_has(&told);
                continue;
            }
            ran.exit(0);
            project.run("migrate").exit(0);
            project.run("revert --yes").exit(0);
            let after = project.sqlite("app.sqlite", dump);
            assert_eq!(after.lines().next(), before.lines().next(), "{to}");
        }
    }
}

/// SQLite says nothing about either, so it is refused without a proof, too.
#[test]
fn what_would_go_quiet_or_read_a_text_is_refused_without_a_proof_too() {
    let quiet = "CREATE TRIGGER v AFTER UPDATE OF note ON session BEGIN DELETE FROM other; END;";
    let text = "CREATE VIEW v AS SELECT \"note\" FROM session;";
    for (sql, why) in [
        (
            quiet,
            "up.sql breaks trigger `v` of `session`: it is for updates of `note`, which is gone",
        ),
        (text, "up.sql breaks view `v`: it writes `session.note` in double quotes"),
    ] {
        for flags in ["", " --unproven"] {
            let project = pulled(&format!("{TABLES}{sql}"));
            change(&project, "        note -> Nullable<Text>,\n", "");
            let before = project.contents();
            let run = project.run(&format!("create --allow all{flags}"));
            run.exit(4).stderr_has(why);
            assert_eq!(project.contents(), before);
        }
    }
}

const PAIR: &str = "\
    CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a TEXT);
    CREATE TABLE g (id INTEGER NOT NULL PRIMARY KEY, x INTEGER, y INTEGER);
    INSERT INTO t VALUES (1, 'zz'); INSERT INTO g VALUES (1, 2, 3);
";

/// What stands around the tables, the models before and after, and why it is refused. SQLite changes
/// each without a word.
const AROUND: [(&str, &str, &str, &str); 16] = [
    // A new column takes a text for its name.
    ("CREATE INDEX i ON t (a) WHERE a = \"zz\";", A, A_ZZ, "table `t`: \"zz\" in double quotes"),
    ("CREATE VIEW v AS SELECT \"zz\" AS lit FROM t;", A, A_ZZ, "view `v`: \"zz\" in double"),
    (
        "CREATE TRIGGER v AFTER DELETE ON g BEGIN INSERT INTO t (a) SELECT \"ZZ\" FROM t; END;",
        A,
        A_ZZ,
        "trigger `v`: \"zz\" in double quotes",
    ),
    // A name in double quotes becomes a text.
    (
        "CREATE VIEW v1 AS SELECT * FROM g; CREATE VIEW v2 AS SELECT \"x\" FROM v1;",
        X,
        "",
        "view `v2`: \"x\" in double quotes",
    ),
    ("CREATE VIEW v AS SELECT \"X\" FROM g;", X, "", "view `v`: \"x\" in double quotes"),
    (
        "CREATE TRIGGER v AFTER DELETE ON t BEGIN UPDATE g SET y = \"X\"; END;",
        X,
        "",
        "trigger `v`: \"x\" in double quotes",
    ),
    (
        "CREATE VIEW v AS SELECT \"x\" AS q, y FROM g;",
        X,
        "        #[doc(alias = \"x\")]\n        x9 -> Nullable<Integer>,\n",
        "view `v`: \"x\" in double quotes",
    ),
    // Triggers of views.
    (
        "CREATE VIEW v AS SELECT id, a FROM t; \
         CREATE TRIGGER iv INSTEAD OF INSERT ON v BEGIN INSERT INTO g (x) VALUES (NEW.a); END;",
        X,
        "",
        "trigger `iv` of `v`: table g has no column named x",
    ),
    (
        "CREATE VIEW v AS SELECT id, a FROM t; \
         CREATE TRIGGER iu INSTEAD OF UPDATE ON v BEGIN UPDATE g SET x = NEW.a; END;",
        X,
        "",
        "trigger `iu` of `v`: no such column: x",
    ),
    (
        "CREATE VIEW v AS SELECT id, a FROM t; \
         CREATE TRIGGER iv INSTEAD OF INSERT ON v BEGIN INSERT INTO g (y) VALUES (NEW.a); END;",
        "SELECT id, a FROM t",
        "SELECT id, a AS aa FROM t",
        "trigger `iv` of `v`: no such column: NEW.a",
    ),
    // A trigger of a table in other letters, and one beside a broken one.
    (
        "CREATE TRIGGER c AFTER UPDATE ON T BEGIN INSERT INTO g (x) VALUES (1); END;",
        X,
        "",
        "trigger `c` of `T`: table g has no column named x",
    ),
    (
        "CREATE TRIGGER b AFTER INSERT ON t BEGIN INSERT INTO nowhere VALUES (1); END; \
         CREATE TRIGGER c AFTER UPDATE ON t BEGIN UPDATE g SET y = 1 WHERE x = 1; END;",
        "        x -> Nullable<Integer>,\n",
        "        x -> Nullable<Text>,\n        more -> Nullable<Text>,\n",
        "",
    ),
    // Tables of words that stand on others.
    (
        "CREATE VIRTUAL TABLE f USING fts5(a, content = t, content_rowid = id); \
         INSERT INTO f (f) VALUES ('rebuild');",
        A,
        "",
        "virtual table `f`: no such column: T.a",
    ),
    (
        "CREATE VIRTUAL TABLE f USING fts5(a, content = t, content_rowid = id); \
         INSERT INTO f (f) VALUES ('rebuild');",
        A,
        "        #[doc(alias = \"a\")]\n        title -> Nullable<Text>,\n",
        "virtual table `f`: no such column: T.a",
    ),
    (
        "CREATE VIRTUAL TABLE f USING fts5(a, content = t, content_rowid = id); \
         INSERT INTO f (f) VALUES ('rebuild');",
        "    t (id) {",
        "    #[doc(alias = \"t\")]\n    tt (id) {",
        "virtual table `f`: no such table: main.t",
    ),
    // One that only changes its type leaves all of them as they are.
    ("CREATE VIEW v AS SELECT \"x\" FROM g;", X, "        x -> Nullable<BigInt>,\n", ""),
];

const A: &str = "        a -> Nullable<Text>,\n";
const A_ZZ: &str = "        a -> Nullable<Text>,\n        zz -> Nullable<Text>,\n";
const X: &str = "        x -> Nullable<Integer>,\n";

#[test]
fn what_says_something_else_or_nothing_after_a_change_is_named() {
    for (around, from, to, why) in AROUND {
        let project = pulled(&format!("{PAIR}{around}"));
        change(&project, from, to);
        if from.contains("t (id)") {
            change(&project, "    table t {", "    table tt {");
        }
        let before = project.contents();
        let run = project.run("create --name x --allow all");
        if why.is_empty() {
            run.exit(0);
        } else {
            run.exit(4).stderr_has(&format!("error: up.sql breaks {why}"));
            assert_eq!(project.contents(), before, "{around}");
        }
    }
}

/// What goes along is told with what goes.
#[test]
fn a_view_goes_with_its_triggers_and_a_counter_with_its_word() {
    let project = pulled(&format!(
        "{PAIR}CREATE VIEW v AS SELECT id, a FROM t; \
         CREATE TRIGGER iv INSTEAD OF INSERT ON v BEGIN SELECT 1; END; \
         CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, v TEXT); \
         INSERT INTO b VALUES (900, 'x');"
    ));
    change(&project, "    view v ", "    view w ");
    let run = project.run("create --name x --drop v");
    run.exit(4).stderr_has("error: drops view `v` with the trigger `iv`\n");
    change(&project, "    view w ", "    view v ");
    change(&project, "id: identity;", "id: rowid;");
    let run = project.run("create --name x");
    run.exit(4).stderr_has("error: the database forgets which values of column `b.id` it has");
    project.run("create --name x --allow drop-default").exit(0);
}

/// A comment at the end of a stored text takes no semicolon in.
#[test]
fn a_comment_at_the_end_of_a_text_ends_there() {
    let project = pulled(&format!(
        "{PAIR}CREATE VIEW v AS SELECT id, a FROM t -- of all\n;
         CREATE INDEX i ON g (x) WHERE y > 0 -- some\n;"
    ));
    let dump = "SELECT name, sql FROM sqlite_schema WHERE name IN ('i', 't', 'v') ORDER BY name";
    let before = project.sqlite("app.sqlite", dump);
    // The table of the index is built anew, and the view is another one.
    change(&project, "        y -> Nullable<Integer>,\n", "        y -> Integer,\n");
    change(&project, "SELECT id, a FROM t", "SELECT a FROM t -- one");
    project.run("create --name x --allow all").exit(0).stderr_has("proven: ");
    project.run("migrate").exit(0);
    project.run("create").exit(0).stderr("No changes detected\n");
    project.run("revert --yes").exit(0);
    assert_eq!(project.sqlite("app.sqlite", dump), before);
}

#[test]
fn a_check_that_stands_behind_another_column_stays_without_it() {
    for (described, rebuilt) in [(true, false), (false, false), (true, true)] {
        let table = "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, b INTEGER, \
            e INTEGER CONSTRAINT positive CHECK (b > 0) CHECK (e > 1), f INTEGER); \
            INSERT INTO t VALUES (1, 1, 2, 3);";
        let project = pulled(table);
        if !described {
            let models = project.read("schema.rs");
            project.write("schema.rs", models.split("glowplug::ddl!").next().unwrap());
        } else {
            change(&project, "        check \"e > 1\";\n", "");
        }
        let f = "        f -> Nullable<Integer>,\n";
        change(&project, "        e -> Nullable<Integer>,\n", "");
        change(&project, f, if rebuilt { "        f -> Integer,\n" } else { f });
        project.run("create --name x --allow all").exit(0).stderr_has("proven: ");
        project.run("migrate").exit(0);
        let sql = project.sqlite("app.sqlite", "SELECT sql FROM sqlite_schema WHERE name = 't'");
        assert!(sql.contains("CONSTRAINT \"positive\" CHECK (b > 0)"), "{sql}");
        project.run("create").exit(0).stderr("No changes detected\n");
        project.run("revert --yes").exit(0);
        // What the column held is gone.
        assert_eq!(project.sqlite("app.sqlite", "SELECT * FROM t"), "1|1||3\n");
    }
}
