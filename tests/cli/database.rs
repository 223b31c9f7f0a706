//! Which database: named, absent, broken, out of reach, and never with its password.

use super::project::Project;

/// Every verb that needs a database, with flags that let it run.
const VERBS: [&str; 6] = ["create", "migrate", "status", "revert --yes", "redo --yes", "diff"];

fn project() -> Project {
    Project::with_session().migration(
        "2026-01-01-000000-0000_one",
        "CREATE TABLE a (k INTEGER PRIMARY KEY);",
        "DROP TABLE a;",
    )
}

#[test]
fn without_a_database_every_verb_says_how_to_name_one() {
    let project = project();
    std::fs::remove_file(project.path().join(".env")).unwrap();
    for verb in VERBS {
        project.run(verb).exit(1).stdout("").stderr(
            "error: no database is named\n\
             hint: set DATABASE_URL, in the environment or in `.env`, or pass `--database-url`\n\
             hint: for a SQLite file: DATABASE_URL=app.sqlite\n",
        );
    }
}

#[test]
fn a_database_that_is_none_is_an_error() {
    let project = project();
    project.write("app.sqlite", "this is no database\n".repeat(100));
    for verb in VERBS {
        project
            .run(verb)
            .exit(1)
            .stdout("")
            .stderr("error: `app.sqlite` is not a SQLite database\n");
    }
    project.run("status --database-url src").exit(0);
    std::fs::create_dir(project.path().join("dir")).unwrap();
    project.run("status --database-url dir").exit(1).stderr_has("`dir` is not a file");
}

#[test]
fn a_password_is_never_shown() {
    let project = project();
    // Nobody listens on port 1.
    let urls = [
        "postgres://app:hunter2@127.0.0.1:1/app",
        "postgres://127.0.0.1:1/app?user=app&password=hunter2",
        "mysql://app:hunter2@127.0.0.1:1/app",
        "postgres://app:hunter2@[::bad/app",
        "oracle://app:hunter2@127.0.0.1:1/app",
        "host=127.0.0.1 port=1 password=hunter2",
    ];
    let silent = |run: super::project::Ran| {
        let said = format!("{}{}", run.out(), run.err());
        assert!(!said.contains("hunter2") && !said.is_empty(), "{said}");
    };
    for url in urls {
        project.write(".env", format!("DATABASE_URL={url}\n"));
        for verb in VERBS {
            let line = format!("{verb} --verbose --database-url");
            let arguments: Vec<_> = line.split(' ').chain([url]).collect();
            silent(project.command_of(&arguments).finish());
            let json = project.command(&format!("{verb} --format json"));
            silent(json.env("DATABASE_URL", url).finish());
            silent(project.run(verb));
        }
        silent(project.command_of(&["pull", "--database-url", url]).finish());
        silent(project.command_of(&["diff", url, "models"]).finish());
        silent(project.command_of(&["status", url]).finish().exit(2));
        silent(project.command_of(&[url]).finish().exit(2));
    }
}

#[test]
fn the_url_may_stand_before_the_verb() {
    let project = project();
    project.run("--database-url first.sqlite status").exit(0).stdout_has("first.sqlite");
    project
        .run("--database-url first.sqlite status --database-url second.sqlite")
        .exit(0)
        .stdout_has("second.sqlite");
}

#[test]
fn the_file_is_where_the_user_is() {
    let project = project().file("src/note.txt", "");
    project.command("migrate").within("src").finish().exit(0);
    assert!(project.exists("src/app.sqlite") && !project.exists("app.sqlite"));
}

#[test]
fn a_read_only_database_can_be_looked_at() {
    let project = project();
    project.run("migrate").exit(0);
    let url = "file:app.sqlite?mode=ro";
    let before = project.contents();
    project.run(&format!("status --check --database-url {url}")).exit(0);
    project.run(&format!("diff --database-url {url}")).exit(0);
    let later = "2026-01-02-000000-0000_two";
    let project = project.migration(later, "CREATE TABLE b (k INTEGER);", "DROP TABLE b;");
    project.run(&format!("migrate --database-url {url}")).exit(1).stderr_has("readonly");
    std::fs::remove_dir_all(project.path().join("migrations").join(later)).unwrap();
    assert_eq!(project.contents(), before);
}
