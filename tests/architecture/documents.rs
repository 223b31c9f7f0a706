//! What the documents promise: each `make` target, verb and table in them is there, and they name
//! no machine.

use std::collections::BTreeSet;
use std::process::Command;

use super::sources::{read, root, tracked};

const DOCUMENTS: [&str; 2] = ["README.md", "CONTRIBUTING.md"];

/// The targets of the Makefile that say what they do, with what they say.
fn targets() -> BTreeSet<String> {
    let makefile = read("Makefile");
    let described = makefile.lines().filter_map(|line| line.split_once(": ## "));
    described.map(|(target, _)| target.to_owned()).collect()
}

/// The words that follow `make` in the code of a document.
fn make_words(text: &str) -> BTreeSet<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut words = BTreeSet::new();
    for start in ["`make ", "\nmake ", "$ make ", "&& make "] {
        for (place, _) in text.match_indices(start) {
            let rest = &text[place + start.len()..];
            words.insert(rest.split(|c| !is_word(c)).next().unwrap_or_default().to_owned());
        }
    }
    words.remove("");
    words
}

#[test]
fn every_make_target_in_the_documents_exists_and_the_readme_names_them_all() {
    let targets = targets();
    for document in DOCUMENTS {
        for word in make_words(&read(document)) {
            assert!(
                targets.contains(&word),
                "{document} names `make {word}`, which does not exist"
            );
        }
    }
    let named = make_words(&read("README.md"));
    let unnamed: Vec<_> = targets.difference(&named).collect();
    assert!(unnamed.is_empty(), "the README does not name the targets {unnamed:?}");
}

#[test]
fn make_alone_lists_the_targets() {
    let output = Command::new("make").current_dir(root()).output().expect("make runs");
    let help = String::from_utf8(output.stdout).expect("the help is UTF-8");
    for target in targets() {
        assert!(help.contains(&format!("  {target} ")), "`make` does not list `{target}`:\n{help}");
    }
}

/// The rows of the table that follows a heading, as cells without backticks.
fn table(text: &str, heading: &str) -> Vec<Vec<String>> {
    let after = text.split_once(heading).unwrap_or_else(|| panic!("there is no `{heading}`")).1;
    let section = after.split("\n#").next().unwrap_or(after);
    let lines = section.lines().skip_while(|line| !line.starts_with('|'));
    let rows = lines.take_while(|line| line.starts_with('|')).skip(2);
    let cells = |row: &str| {
        let inner = row.trim_matches('|').replace("\\|", "\u{1}");
        inner
            .split('|')
            .map(|cell| cell.replace('\u{1}', "|").replace('`', "").trim().to_owned())
            .collect()
    };
    rows.map(cells).collect()
}

/// The first words of the first column.
fn first_words(rows: &[Vec<String>]) -> BTreeSet<String> {
    let word = |row: &Vec<String>| row[0].split_whitespace().next().unwrap_or_default().to_owned();
    rows.iter().map(word).collect()
}

#[test]
fn the_verbs_of_the_readme_are_those_of_the_command_line() {
    let output = Command::new(env!("CARGO_BIN_EXE_glowplug"))
        .arg("--help")
        .output()
        .expect("glowplug prints its help");
    let help = String::from_utf8(output.stdout).expect("the help is UTF-8");
    let section = help.split_once("Commands:\n").expect("the help lists the commands").1;
    let verbs: BTreeSet<String> = section
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect();
    assert_eq!(first_words(&table(&read("README.md"), "\n## Commands\n")), verbs);
}

#[test]
fn no_file_names_a_machine() {
    // Put together here, so that this file does not name one either.
    let homes = ["/ro", "ot/", "/ho", "me/", "/wo", "rk/", "/Us", "ers/"];
    for path in tracked() {
        let Ok(text) = std::fs::read_to_string(root().join(&path)) else { continue };
        for home in homes.chunks(2) {
            let home = home.concat();
            assert!(!text.contains(&home), "{} names {home}", path.display());
        }
    }
}
