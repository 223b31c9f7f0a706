//! The first screen of the README: what it shows is what happens.

use std::fmt::Write as _;
use std::process::Command;

use super::project::{Project, application_migrations, root};

const START: &str = "<!-- session: add_plan_to_session -->\n";
const END: &str = "<!-- end -->";

/// The reference application as it was before its last edit, migrated, and in use.
fn before_the_last_edit() -> Project {
    let project = Project::of_the_application();
    let last = application_migrations().pop().expect("there are migrations");
    std::fs::remove_dir_all(project.path("migrations").join(last)).expect("removed");
    edit(&project, &["--reverse"]);
    project.run(&["migrate"]).succeeds();
    project.sql("INSERT INTO session (command_line) VALUES ('build'), ('test'), ('release')");
    project
}

/// Applies the last edit of the models.
fn edit(project: &Project, flags: &[&str]) {
    let patch = root().join("tests/seed/edits/16_add_plan_to_session.patch");
    let mut git = Command::new("git");
    git.arg("apply").args(flags).arg(patch).current_dir(project.path("."));
    git.env("GIT_CEILING_DIRECTORIES", project.path("..").canonicalize().expect("it is there"));
    assert!(git.status().expect("git runs").success(), "the edit applies");
}

/// What a terminal shows of one command, the time that it took left out.
fn shown(project: &Project, arguments: &str) -> String {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("exec \"$0\" {arguments} 2>&1"), env!("CARGO_BIN_EXE_glowplug")]);
    shell.current_dir(project.path(".")).env("DATABASE_URL", "app.sqlite");
    shell.env("GLOWPLUG_NOW", "2025-06-06-120000");
    let output = shell.output().expect("the shell runs");
    let text = String::from_utf8(output.stdout).expect("what is shown is UTF-8");
    let line = |line: &str| match line.rfind(['(', ' ']) {
        // `… 12 ms`: the number is of this run.
        Some(_) if line.ends_with(" ms") || line.ends_with(" ms)") => {
            let words: Vec<_> = line.split(' ').collect();
            let (kept, _) = words.split_at(words.len() - 2);
            kept.join(" ")
        }
        _ => line.to_owned(),
    };
    text.lines().map(|text| line(text).trim_end().to_owned() + "\n").collect()
}

#[test]
fn the_first_screen_of_the_readme_is_what_happens() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README is there");
    let (before, rest) = readme.split_once(START).expect("the session starts");
    let (session, after) = rest.split_once(END).expect("the session ends");
    let (diff, console) = session.split_once("```console\n").expect("the commands");

    let project = before_the_last_edit();
    let added: Vec<_> = diff.lines().filter_map(|line| line.strip_prefix('+')).collect();
    let patch = "tests/seed/edits/16_add_plan_to_session.patch";
    let patch = std::fs::read_to_string(root().join(patch)).expect("the edit is there");
    let new = patch.lines().filter(|line| !line.starts_with("+++"));
    assert_eq!(added, new.filter_map(|line| line.strip_prefix('+')).collect::<Vec<_>>());
    edit(&project, &[]);

    let mut happened = format!("{diff}```console\n");
    for command in console.lines().filter_map(|line| line.strip_prefix("$ ")) {
        let arguments = command.strip_prefix("glowplug ").expect("it shows glowplug");
        let _ = write!(happened, "$ {command}\n{}", shown(&project, arguments));
    }
    happened.push_str("```\n");

    #[expect(clippy::disallowed_methods, reason = "`make golden` says so by a variable")]
    let write = std::env::var("GLOWPLUG_GOLDEN").is_ok_and(|value| value == "write");
    if write {
        let text = format!("{before}{START}{happened}{END}{after}");
        std::fs::write(root().join("README.md"), text).expect("the README is written");
    } else {
        assert_eq!(session, happened, "`make golden` writes the README anew");
    }
    let lines = before.lines().count() + happened.lines().count();
    assert!(
        lines <= 40,
        "the README shows the tool working on its first screen, not in {lines} lines"
    );
}

/// The `ddl!` of the README stands on this `session`, and would compile.
#[test]
fn the_ddl_of_the_readme_is_read_as_it_stands() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README is there");
    let block = readme.split_once("```rust\nglowplug::ddl! {").expect("there is a ddl!").1;
    let block = block.split_once("```").expect("it ends").0;
    let project = Project::new(&format!(
        "diesel::table! {{ org (id) {{ id -> Integer, }} }}
         diesel::table! {{ session (id) {{ id -> Integer, created_at -> Timestamp,
             #[max_length = 20] status -> Varchar, org_id -> Nullable<Integer>, }} }}
         glowplug::ddl! {{{block}"
    ));
    project.run(&["create"]).succeeds();
    project.run(&["migrate"]).succeeds();
    let known =
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('session_open', 'session_status_idx')";
    assert_eq!(project.sql(known), "2");
    assert_eq!(project.sql("SELECT on_delete FROM pragma_foreign_key_list('session')"), "CASCADE");
    let refused = project.sql(
        "INSERT INTO session (status) VALUES ('pending');
         INSERT OR IGNORE INTO session (status) VALUES ('asleep'); SELECT count(*) FROM session",
    );
    assert_eq!(refused, "1", "the check holds, the defaults are there");
}
