//! The help is part of the interface: each page is a file of `tests/cli/help/`.
//!
//! `GLOWPLUG_GOLDEN=write` writes them anew.

use super::project::Project;

/// Every verb.
const VERBS: &[&str] = &[
    "create",
    "migrate",
    "status",
    "revert",
    "redo",
    "repair",
    "diff",
    "pull",
    "init",
    "setup",
    "database",
    "migration",
    "print-schema",
    "completions",
];

#[test]
fn each_page_is_as_it_was() {
    let project = Project::new();
    let mut pages = vec![("glowplug".to_owned(), "-h".to_owned())];
    pages.push(("glowplug-long".into(), "--help".into()));
    for verb in VERBS {
        pages.push(((*verb).to_owned(), format!("{verb} -h")));
    }
    let mut changed = Vec::new();
    for (name, arguments) in pages {
        let page = project.command(&arguments).env("COLUMNS", "100").finish().exit(0).out();
        let file = format!("{}/tests/cli/help/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        if crate::support::env::text("GLOWPLUG_GOLDEN").is_some_and(|value| value == "write") {
            std::fs::write(&file, &page).unwrap();
        }
        if std::fs::read_to_string(&file).unwrap_or_default() != page {
            changed.push(format!("{file}:\n{page}"));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn every_verb_has_a_page_and_an_example() {
    let project = Project::new();
    let help = project.run("-h").exit(0).out();
    let listed: Vec<_> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let mut verbs = VERBS.to_vec();
    verbs.sort_unstable();
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, verbs);
    for verb in listed {
        project.run(&format!("{verb} --help")).exit(0).stdout_has("Examples:\n  glowplug");
    }
}

#[test]
fn a_page_fits_a_screen() {
    let project = Project::new();
    for verb in VERBS {
        let page = project.command(&format!("{verb} -h")).env("COLUMNS", "100").finish().out();
        assert!(page.lines().count() <= 50, "{verb} -h has {} lines", page.lines().count());
        assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");
    }
}

#[test]
fn the_long_help_holds_the_exit_codes() {
    let help = Project::new().run("--help").exit(0).out();
    for (exit, meaning) in glowplug::cli::EXIT_CODES {
        assert!(help.contains(&format!("  {}  {meaning}\n", exit.code())), "{help}");
    }
}

#[test]
fn a_wrong_command_line_is_2() {
    let project = Project::new();
    for arguments in ["", "frobnicate", "init --frobnicate", "completions", "completions tcsh"] {
        project.run(arguments).exit(2).stdout("");
    }
    project.run("--version").exit(0).stdout(&format!("glowplug {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn colours_are_for_terminals() {
    let project = Project::new();
    let escapes = |run: super::project::Ran| run.err().contains('\u{1b}');
    assert!(!escapes(project.run("init")));
    assert!(escapes(project.run("init --color always")));
    assert!(!escapes(project.command("init").env("NO_COLOR", "1").finish()));
    assert!(!escapes(project.run("init --color never")));
}

#[test]
fn completions_name_every_verb() {
    let project = Project::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = project.run(&format!("completions {shell}")).exit(0).stderr("").out();
        for verb in VERBS {
            assert!(script.contains(verb), "{shell} lacks {verb}");
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_glowplug"))
        .args(["completions", "bash"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
