//! What the documents promise: each `make` target, verb and table in them is there, and they name
//! no machine.

use std::collections::BTreeSet;

use clap::Subcommand as _;
use glowplug::cli::{Command, EXIT_CODES, SETTINGS};
use glowplug::plan::safety;

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
    for start in ["`make ", "$ make ", "&& make "] {
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
    let output =
        std::process::Command::new("make").current_dir(root()).output().expect("make runs");
    let help = String::from_utf8(output.stdout).expect("the help is UTF-8");
    for target in targets() {
        assert!(help.contains(&format!("  {target} ")), "`make` does not list `{target}`:\n{help}");
    }
}

/// Where a document is held to the code: between `<!-- generated: NAME -->` and `<!-- end -->`
/// stands what the code says. `make golden` writes it anew.
fn holds(document: &str, name: &str, wanted: &str) {
    let text = read(document);
    let start = format!("<!-- generated: {name} -->\n");
    let (before, rest) = text.split_once(&start).unwrap_or_else(|| panic!("no {start:?}"));
    let (found, after) = rest.split_once("<!-- end -->").expect("it ends");
    #[expect(clippy::disallowed_methods, reason = "`make golden` says so by a variable")]
    let write = std::env::var("GLOWPLUG_GOLDEN").is_ok_and(|value| value == "write");
    if write {
        let text = format!("{before}{start}{wanted}<!-- end -->{after}");
        std::fs::write(root().join(document), text).expect("the document is written");
    } else {
        assert_eq!(found, wanted, "{document} is not what the code says; `make golden` writes it");
    }
}

/// A table in Markdown.
fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let cell = |cell: String| cell.replace('|', "\\|");
    let mut text = line(head.map(str::to_owned).to_vec());
    text += &format!("|{}\n", "---|".repeat(N));
    text.extend(rows.into_iter().map(|row| line(row.into_iter().map(cell).collect())));
    text
}

/// One test for all of them: they write the same file.
#[test]
fn the_tables_of_the_readme_are_those_of_the_code() {
    let verbs = Command::augment_subcommands(clap::Command::new("glowplug"));
    let verbs = verbs.get_subcommands().filter(|verb| !verb.is_hide_set()).map(|verb| {
        let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
        [format!("`{}`", verb.get_name()), about]
    });
    holds("README.md", "commands", &table(["Command", "What it does"], verbs));

    let codes = EXIT_CODES.map(|(exit, meaning)| [exit.code().to_string(), meaning.to_owned()]);
    holds("README.md", "exit codes", &table(["Code", "Meaning"], codes));

    holds("README.md", "hazards", &safety::table());

    let settings = SETTINGS.iter().map(|setting| {
        let code = |text: Option<&str>| text.map(|it| format!("`{it}`")).unwrap_or_default();
        let cargo = setting.cargo.then_some(setting.name);
        [
            setting.help.to_owned(),
            code(setting.flag),
            code(setting.variable),
            code(cargo),
            code(setting.diesel),
            setting.default.to_owned(),
        ]
    });
    let head = ["Setting", "Flag", "Variable", "Cargo.toml", "diesel.toml", "Default"];
    holds("README.md", "settings", &table(head, settings));
}

/// Each fault names the tests that cause it.
#[test]
fn every_test_that_the_faults_name_is_there() {
    let mut functions = BTreeSet::new();
    for path in tracked().into_iter().filter(|path| path.starts_with("tests")) {
        let Ok(text) = std::fs::read_to_string(root().join(path)) else { continue };
        let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix("fn "));
        functions.extend(lines.filter_map(|line| Some(line.split_once('(')?.0.to_owned())));
    }
    let text = read("docs/faults.md");
    let (_, rows) = text.split_once("## Faults").expect("the table");
    let named: Vec<_> = rows.split('`').filter(|word| word.matches('_').count() >= 2).collect();
    let named: Vec<_> = named.into_iter().filter(|word| !word.starts_with("pg_")).collect();
    assert!(named.len() > 60, "{}", named.len());
    for name in named.iter().filter(|name| **name != "tcp_keepalives_idle") {
        assert!(
            functions.contains(*name),
            "docs/faults.md names the test `{name}`, which is not there"
        );
    }
}

#[test]
fn the_readme_tells_the_oldest_rust() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    assert!(read("README.md").contains(&format!("Rust {version} or newer")), "Rust {version}");
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
